import { printable } from '../../../shared/labels.ts';
import type { Style, Tone } from './style.ts';
import { textWidth, truncated } from './text-width.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | undefined;
  readonly tone?: (row: Row) => Tone;
  /** Gives way where the terminal is too narrow. */
  readonly shrinks?: boolean;
}

const gap = 2;
/** Narrower than this a label tells nothing. */
const minColumns = 8;

/** Aligned lines with a head; columns that are empty in every row are left out. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], style: Style): string[] {
  const filled = columns
    .map((column) => ({ column, cells: rows.map((row) => printable(column.cell(row) ?? '')) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map((one) => ({ ...one, width: widest([one.column.title, ...one.cells]) }));
  const excess =
    filled.reduce((sum, { width }) => sum + width + gap, -gap) - (style.columns ?? Number.POSITIVE_INFINITY);
  const widths = filled.map(({ column, width }) =>
    column.shrinks === true && excess > 0 ? Math.min(width, Math.max(minColumns, width - excess)) : width,
  );
  const line = (cells: readonly { readonly text: string; readonly tone: Tone }[]) =>
    cells
      .map(({ text, tone }, index) => {
        const width = widths[index] ?? 0;
        const shown = truncated(text, width);
        const padding = index === cells.length - 1 ? 0 : width + gap - textWidth(shown);
        return style.paint(tone, shown) + ' '.repeat(padding);
      })
      .join('')
      .trimEnd();
  return [
    line(filled.map(({ column }) => ({ text: column.title, tone: 'quiet' }))),
    ...rows.map((row, index) =>
      line(filled.map(({ column, cells }) => ({ text: cells[index] ?? '', tone: column.tone?.(row) ?? 'plain' }))),
    ),
  ];
}

/** Not Math.max(...): a hundred thousand arguments are more than the stack holds. */
function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text)), 0);
}
