import { type RefObject, useEffect } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Token } from '../../../shared/contract/token.ts';
import type { Id } from '../../../shared/ids.ts';
import { KindIcon, MayBadge } from '../../parts/badges.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { earlierOf } from '../../parts/life.ts';
import { ReadFailed } from '../../parts/read-failed.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { openRotationOf } from '../../state/rotation.ts';
import { isPast, standingOf, toneOf, wholeDays } from '../../state/standing.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { actWords, detailWords } from '../../text/audit.ts';
import { shortDay } from '../../text/dates.ts';
import { detailText } from '../../text/inventory.ts';
import { kindNames, named, reading } from '../../text/tokens.ts';
import { Checked } from './checked.tsx';
import { Facts } from './facts.tsx';
import { WholeLife } from './whole-life.tsx';

interface DetailProps {
  readonly token: Token;
  readonly inventory: Inventory;
  readonly byId: ReadonlyMap<Id, Token>;
  readonly paneRef: RefObject<HTMLElement | null>;
  readonly onBack: () => void;
}

export function Detail({ token, inventory, byId, paneRef, onBack }: DetailProps) {
  const now = useNow();
  const tokenRead = useRondo((state) => state.tokenRead);
  const standing = standingOf(token, now);
  const born = token.createdAt ?? token.firstSeenAt;
  const { figure, unit, about } = reading(standing, token, wholeDays(now - Date.parse(born)));

  // The pane comes a moment after the cursor: whoever went on into it meanwhile is not left nowhere.
  const read = useRondo((state) => state.reading.is);
  useFocusKept(paneRef, `${token.id} ${read}`);

  // The history is asked for when the cursor rests, not for every row that it passes.
  useEffect(() => {
    const timer = setTimeout(() => void tokenRead(token.id), 120);
    return () => clearTimeout(timer);
  }, [tokenRead, token]);

  return (
    <aside
      className="pane"
      ref={paneRef}
      tabIndex={-1}
      aria-label={detailText.label(named(token))}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onBack();
      }}
    >
      {/* Another token is read from its top; the acts under it stay where they are. */}
      <div className="pane-scroll" key={token.id}>
        <div className="top">
          <div className="pane-title">
            <KindIcon kind={token.kind} />
            <span className="sr">{kindNames[token.kind]}</span>
            <h2>{token.label}</h2>
            {token.tail === undefined ? null : <span className="tail">{token.tail}</span>}
            <span className="push" />
            <MayBadge token={token} />
            <span className="narrow-only">
              <IconButton icon="close" label={detailText.close} onClick={onBack} />
            </span>
          </div>
          <div className={`reading ${toneOf(standing)}`}>
            <span className="v">{figure}</span>
            <span className="u">
              <b className="strong">{unit}</b>
              <br />
              {about}
            </span>
          </div>
          <WholeLife token={token} standing={standing} earlier={earlierOf(token, byId)} now={now} />
        </div>
        <Facts token={token} inventory={inventory} byId={byId} now={now} />
        <Checked token={token} standing={standing} />
        <History token={token} />
      </div>
      <Acts token={token} />
    </aside>
  );
}

function History({ token }: { token: Token }) {
  const view = useRondo((state) => state.reading);
  const tokenRead = useRondo((state) => state.tokenRead);
  if (view.is === 'none' || view.token !== token.id) return null;
  if (view.is === 'failed') {
    return (
      <section>
        <h3>{detailText.history}</h3>
        <ReadFailed what={detailText.unread} failure={view.failure} onAgain={() => tokenRead(token.id)} />
      </section>
    );
  }
  const { history } = view;
  const newest = history.toReversed().slice(0, 8);
  return (
    <section>
      <h3>{detailText.history}</h3>
      {newest.length === 0 ? (
        <p className="t3">{detailText.noHistory}</p>
      ) : (
        <ol className="hist">
          {newest.map((entry) => (
            <li key={entry.hash}>
              <time dateTime={entry.at}>{shortDay(entry.at)}</time>
              <span>
                {actWords(entry)}
                {entry.detail === undefined ? null : <span className="t3"> {detailWords(entry)}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Acts({ token }: { token: Token }) {
  const rotations = useRondo((state) => state.rotations);
  const check = useRondo((state) => state.checks.get(token.id));
  const rotatePressed = useRondo((state) => state.rotatePressed);
  const checkPressed = useRondo((state) => state.checkPressed);
  const opened = useRondo((state) => state.opened);
  // While chosen ones are in sight the keys mean those, and so does the one filled button.
  const isForOne = useRondo((state) => state.chosenInSight.length === 0);
  const open = openRotationOf(rotations, token.id);
  if (isPast(token)) return null;
  return (
    <div className="acts">
      <span className="fill">
        <Button
          look={isForOne ? 'primary' : 'plain'}
          icon="rotate"
          wide
          {...(isForOne ? { keys: 'R', 'aria-keyshortcuts': 'r' } : {})}
          onClick={() => rotatePressed([token.id])}
        >
          {open === undefined ? detailText.rotate : detailText.goOn}
        </Button>
      </span>
      <Button
        onClick={() => void checkPressed([token.id])}
        disabled={token.hasValue === 'none'}
        busy={check?.is === 'asking'}
        title={token.hasValue === 'none' ? detailText.cannotCheck : undefined}
      >
        {check?.is === 'asking' ? detailText.checking : detailText.check}
      </Button>
      <Button
        look="danger"
        icon="remove"
        {...(isForOne ? { 'aria-keyshortcuts': 'Delete' } : {})}
        onClick={() => opened({ open: 'delete', ids: [token.id] })}
      >
        {detailText.delete}
      </Button>
    </div>
  );
}
