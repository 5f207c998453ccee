import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type Ref, useCallback, useEffect, useMemo, useRef } from 'react';
import type { Account } from '../../../shared/contract/account.ts';
import type { Token } from '../../../shared/contract/token.ts';
import type { Id } from '../../../shared/ids.ts';
import { isPast } from '../../state/standing.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { inventoryText } from '../../text/inventory.ts';
import type { ProjectName } from '../../text/project-names.ts';
import type { Row } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { GroupRow } from './group-row.tsx';
import { folds, nextCursor } from './next-cursor.ts';
import { under } from './on-line.ts';
import { TokenRow } from './row.tsx';
import type { Line } from './use-token-table.ts';

const rowHeight = 34;
const groupHeight = 32;
const headHeight = 30;
/** The head is the first row for a screen reader; the list's lines follow. */
const headRows = 1;

interface TokenGridProps {
  readonly lines: readonly Line[];
  /** The key of the line under the cursor. */
  readonly cursor: string | undefined;
  readonly accounts: readonly Account[];
  readonly projectName: ProjectName;
  readonly byId: ReadonlyMap<Id, Token>;
  readonly now: number;
  readonly gridRef: Ref<HTMLTableElement>;
  readonly onOpen: () => void;
}

/**
 * A grid of which only the rows in sight exist. The grid itself keeps the focus and names the row under the cursor as
 * its active descendant, so the focus is never lost with a row that scrolls away.
 */
export const TokenGrid = memo(Grid);

function Grid(props: TokenGridProps) {
  const { lines, cursor, accounts, projectName, byId, now, gridRef, onOpen } = props;
  const chosen = useRondo((state) => state.chosen);
  const grouping = useRondo((state) => state.grouping);
  const cursorMoved = useRondo((state) => state.cursorMoved);
  const tokenChosen = useRondo((state) => state.tokenChosen);
  const choiceChanged = useRondo((state) => state.choiceChanged);
  const groupFolded = useRondo((state) => state.groupFolded);
  // When the projects are the groups, their column says the account.
  const placeOf = ({ place, account = place }: Row) => (grouping === 'project' ? account : place);
  const scroller = useRef<HTMLDivElement>(null);
  const cursorIndex = useMemo(() => lines.findIndex(({ key }) => key === cursor), [lines, cursor]);
  const pinned = useRef(-1);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.is === 'group' ? groupHeight : rowHeight),
    // Other lines have other heights: a new function here is what has them measured again.
    getItemKey: useCallback((index: number) => lines[index]?.key ?? index, [lines]),
    overscan: 3,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight + groupHeight,
    // Besides what is in sight: the head of the first group in sight, and the row under the cursor.
    rangeExtractor: (range) => {
      pinned.current = lines.findLastIndex((line, index) => index <= range.startIndex && line.is === 'group');
      const needed = [pinned.current, cursorIndex].filter((index) => index >= 0);
      return [...new Set([...needed, ...defaultRangeExtractor(range)])].toSorted((left, right) => left - right);
    },
  });

  // Only when the cursor moved: new contents must not drag the list back under somebody who scrolls.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const place = virtual.measurementsCache[cursorIndex];
    if (place !== undefined && !isInSight(virtual, place)) virtual.scrollToIndex(cursorIndex, { align: 'auto' });
  }, [cursor]);

  const onPoint = useCallback((id: Id) => cursorMoved({ cursor: id, head: undefined }), [cursorMoved]);
  const onChoose = useCallback((id: Id) => tokenChosen(id), [tokenChosen]);

  function keyPressed(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      return choiceChanged(lines.flatMap((line) => (line.is === 'token' && !isPast(line.token) ? [line.key] : [])));
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines[cursorIndex];
    if (line?.is === 'group' && folds(line, event.key)) {
      event.preventDefault();
      return groupFolded(line.value);
    }
    if (event.key === 'Enter' && line?.is === 'token') {
      event.preventDefault();
      return onOpen();
    }
    if (event.key === ' ' && line?.is === 'token') {
      event.preventDefault();
      return isPast(line.token) ? undefined : tokenChosen(line.key);
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const next = nextCursor(lines, cursorIndex, event.key, page);
    if (next === undefined) return;
    event.preventDefault();
    cursorMoved(under(next));
  }

  return (
    // Chromium makes every scrolled area a stop of Tab; the grid is one.
    <div className="rows" ref={scroller} tabIndex={-1}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows can be chosen and folded is one
        role="treegrid"
        ref={gridRef}
        tabIndex={0}
        className="tbl"
        aria-label={inventoryText.table}
        aria-multiselectable
        aria-rowcount={lines.length + headRows}
        aria-activedescendant={rowId(lines[cursorIndex], cursorIndex)}
        onKeyDown={keyPressed}
      >
        <GridHead />
        <tbody className="rows-all" style={{ height: `${virtual.getTotalSize()}px` }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            if (line === undefined) return null;
            const place = { index: index + 1 + headRows, top: start - headHeight };
            return line.is === 'group' ? (
              <GroupRow
                key={index}
                line={line}
                {...place}
                accounts={accounts}
                projectName={projectName}
                id={rowId(line, index)}
                isCursor={line.key === cursor}
                isPinned={index === pinned.current}
                onFold={() => groupFolded(line.value)}
              />
            ) : (
              <TokenRow
                key={index}
                row={line}
                id={rowId(line, index)}
                {...place}
                now={now}
                earlier={line.token.rotatedFrom === undefined ? undefined : byId.get(line.token.rotatedFrom)}
                place={placeOf(line)}
                isCursor={line.key === cursor}
                isChosen={chosen.has(line.key)}
                isChoosing={chosen.size > 0}
                onPoint={onPoint}
                onOpen={onOpen}
                onChoose={onChoose}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Asked of what the list knows already: asking the page would have it laid out once more on every key of a search. */
function isInSight(
  { scrollOffset, scrollRect }: { scrollOffset: number | null; scrollRect: { readonly height: number } | null },
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const top = scrollOffset ?? 0;
  return start >= top + headHeight + groupHeight && end <= top + (scrollRect?.height ?? 0);
}

/** A group's key may be a name with spaces, which no id may have. */
function rowId(line: Line | undefined, index: number): string | undefined {
  if (line === undefined) return undefined;
  return line.is === 'group' ? `group-${index}` : `row-${line.key}`;
}
