import { styleText } from 'node:util';

/** How loud a word is. Colour only repeats what the word says. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'good' | 'warn' | 'bad';

/** What the place that is written to can show. */
export interface Style {
  /** Its width; undefined where lines have no end: a file or a pipe. */
  readonly columns: number | undefined;
  paint(tone: Tone, text: string): string;
}

const formats = { strong: 'bold', quiet: 'dim', good: 'green', warn: 'yellow', bad: 'red' } as const;

export function createStyle(columns: number | undefined, color: boolean): Style {
  return {
    columns,
    paint: (tone, text) =>
      tone === 'plain' || !color ? text : styleText(formats[tone], text, { validateStream: false }),
  };
}

/** For words that become part of something else. */
export const plainStyle: Style = { columns: undefined, paint: (_tone, text) => text };
