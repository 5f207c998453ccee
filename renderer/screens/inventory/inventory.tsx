import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyRuler } from '../../parts/empty-ruler.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { countsOf } from '../../state/counts.ts';
import { filterCount, nearestLabel } from '../../state/list-filter.ts';
import { useAfterPaint } from '../../state/use-after-paint.ts';
import { useNow, useRondo, useRondoStore } from '../../state/use-rondo.tsx';
import { inventoryText } from '../../text/inventory.ts';
import { projectNames } from '../../text/project-names.ts';
import { Detail } from '../detail/detail.tsx';
import { Bulk } from './bulk.tsx';
import { Empty, OnlyPast } from './empty.tsx';
import { Filters } from './filters.tsx';
import { Kept } from './kept.tsx';
import { onLine } from './on-line.ts';
import { TokenGrid } from './token-grid.tsx';
import { Toolbar } from './toolbar.tsx';
import { useTokenTable } from './use-token-table.ts';

/** The same one each time: a key of a search changes nothing for those who hear of it. */
const nothing: readonly Id[] = [];

export function InventoryScreen({ inventory }: { inventory: Inventory }) {
  const { tokens, accounts, projects } = inventory;
  const lastCursor = useRondo((state) => state.cursor);
  const lastHead = useRondo((state) => state.head);
  const chosen = useRondo((state) => state.chosen);
  const cursorMoved = useRondo((state) => state.cursorMoved);
  const choiceSeen = useRondo((state) => state.choiceSeen);
  const now = useNow();
  const grid = useRef<HTMLTableElement>(null);
  const pane = useRef<HTMLElement>(null);
  const byId = useMemo(() => new Map(tokens.map((token) => [token.id, token])), [tokens]);
  const projectName = useMemo(() => projectNames(projects), [projects]);
  const counts = useMemo(() => countsOf(tokens, [], now), [tokens, now]);
  const { lines, ...shown } = useTokenTable({ tokens, accounts, projectName }, now);
  // The cursor is on a line of the list or nowhere: R, C, Enter and Delete must never mean a token that is not in sight.
  // Of a list that another inventory changed it is known what was drawn before: a token that went has neighbours there.
  const drawn = useRef({ tokens, lines });
  const under = useMemo(() => {
    const before = drawn.current.tokens === tokens ? [] : drawn.current.lines;
    return onLine(lines, { cursor: lastCursor, head: lastHead }, before);
  }, [tokens, lines, lastCursor, lastHead]);
  const { cursor, head } = under;
  // The pane follows the cursor a frame later, so that a held arrow key and a quick search never wait for it.
  const paneToken = useAfterPaint(cursor === undefined ? undefined : byId.get(cursor));
  const toPane = usePaneFocus(pane, paneToken?.id);

  // Told before the next key arrives, which is why neither the search nor this waits for a free moment. What is drawn has
  // it already, so that a key of a search draws the list once.
  useLayoutEffect(() => {
    drawn.current = { tokens, lines };
  }, [tokens, lines]);
  useLayoutEffect(() => {
    if (under.cursor !== lastCursor || under.head !== lastHead) cursorMoved(under);
  }, [under, lastCursor, lastHead, cursorMoved]);

  const inSight = useMemo(
    () =>
      chosen.size === 0 ? nothing : lines.flatMap(({ is, key }) => (is === 'token' && chosen.has(key) ? [key] : [])),
    [lines, chosen],
  );
  useLayoutEffect(() => choiceSeen(inSight), [inSight, choiceSeen]);

  // Back from another place the keys go on where they were; and whoever added the first account begins at its tokens,
  // which come after the dialog has closed, or before.
  const overlay = useRondo((state) => state.overlay.open);
  const hasLines = lines.length > 0;
  const heading = useRef<HTMLHeadingElement>(null);
  const filter = useRondo((state) => state.filter);
  // A chip and "Choose none" go with what they did.
  useFocusKept(hasLines ? grid : heading, filter);
  useFocusKept(hasLines ? grid : heading, chosen.size > 0);
  useEffect(() => {
    if (hasLines && overlay === 'none' && document.activeElement === document.body) grid.current?.focus();
  }, [hasLines, overlay]);

  return (
    <div className={paneToken === undefined ? 'split alone' : 'split'}>
      <div className="col">
        <Toolbar headingRef={heading} onDown={() => grid.current?.focus()} />
        {tokens.length === 0 ? (
          <Empty hasAccount={accounts.length > 0} />
        ) : (
          <>
            <Filters tokens={tokens} shown={inventoryText.shown(shown.shown, counts.tokens)} />
            {chosen.size > 0 ? <Bulk chosen={chosen.size} inSight={inSight} /> : null}
            <div className="list-place">
              <Kept isSeen={hasLines}>
                <TokenGrid
                  lines={lines}
                  cursor={cursor ?? head}
                  accounts={accounts}
                  projectName={projectName}
                  byId={byId}
                  now={now}
                  gridRef={grid}
                  onOpen={toPane}
                />
              </Kept>
              {hasLines ? null : <NoMatch tokens={tokens} {...shown} />}
            </div>
            <footer className="totals">{inventoryText.foot(counts, shown.hiddenPast)}</footer>
          </>
        )}
      </div>
      {paneToken === undefined ? null : (
        <Detail
          token={paneToken}
          inventory={inventory}
          byId={byId}
          paneRef={pane}
          onBack={() => grid.current?.focus()}
        />
      )}
    </div>
  );
}

interface NoMatchProps {
  readonly tokens: Inventory['tokens'];
  readonly hidden: number;
  readonly hiddenPast: number;
}

function NoMatch({ tokens, hidden, hiddenPast }: NoMatchProps) {
  const search = useRondo((state) => state.search);
  const filter = useRondo((state) => state.filter);
  const filterCleared = useRondo((state) => state.filterCleared);
  if (hidden === 0 && filter.past === 'hidden') return <OnlyPast />;
  const hiddenByThese = filter.past === 'hidden' ? hidden : hidden + hiddenPast;
  return (
    <div className="nothing" role="status">
      <EmptyRuler />
      <p>{inventoryText.noMatch(search.trim(), hiddenByThese, filterCount(filter), nearestLabel(tokens, search))}</p>
      <Button onClick={filterCleared}>{inventoryText.clearAll}</Button>
    </div>
  );
}

/** The pane comes a moment after the cursor: whoever opens a token meanwhile gets its pane, and not the one before it. */
function usePaneFocus(pane: RefObject<HTMLElement | null>, shown: Id | undefined): () => void {
  const store = useRondoStore();
  const wanted = useRef<Id>(undefined);
  const inSight = useRef<Id>(undefined);
  const settle = useCallback(() => {
    if (wanted.current === undefined || wanted.current !== inSight.current) return;
    wanted.current = undefined;
    pane.current?.focus();
  }, [pane]);
  useEffect(() => {
    inSight.current = shown;
    settle();
  }, [shown, settle]);
  return useCallback(() => {
    wanted.current = store.getState().cursor;
    settle();
  }, [store, settle]);
}
