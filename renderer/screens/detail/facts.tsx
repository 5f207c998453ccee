import type { ReactNode } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Token } from '../../../shared/contract/token.ts';
import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { newestRotationOf } from '../../state/rotation.ts';
import { wholeDays } from '../../state/standing.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { ago, dayWithYear } from '../../text/dates.ts';
import { detailText } from '../../text/inventory.ts';
import { wholeProjectName } from '../../text/project-names.ts';
import { named } from '../../text/tokens.ts';

interface FactsProps {
  readonly token: Token;
  readonly inventory: Inventory;
  readonly byId: ReadonlyMap<Id, Token>;
  readonly now: number;
}

const words = detailText.facts;

export function Facts({ token, inventory, byId, now }: FactsProps) {
  const tokenShown = useRondo((state) => state.tokenShown);
  const account = inventory.accounts.find(({ id }) => id === token.account);
  const made = token.createdAt ?? token.firstSeenAt;
  const rotation = newestRotationOf(inventory.rotations, token.id);
  const later = token.rotatedTo === undefined ? undefined : byId.get(token.rotatedTo);
  return (
    <section>
      <dl className="facts">
        <Fact name={words.account}>
          {account === undefined ? token.account.slice(0, 6) : `${account.name}, ${account.login}`}
        </Fact>
        {token.project === undefined ? null : (
          <Fact name={words.project}>
            <span className="wrap">{wholeProjectName(token.project, inventory.projects)}</span>
          </Fact>
        )}
        <Fact name={token.createdAt === undefined ? words.firstSeen : words.created}>
          {dayWithYear(made)}, {detailText.daysAgo(wholeDays(now - Date.parse(made)))}
        </Fact>
        {token.lastUsedAt === undefined ? null : (
          <Fact name={words.lastUsed}>
            {dayWithYear(token.lastUsedAt)}, {detailText.saysCircleCi}
          </Fact>
        )}
        <Fact name={words.lastSeen}>{detailText.seen(dayWithYear(token.lastSeenAt), ago(token.lastSeenAt, now))}</Fact>
        <Fact name={words.value}>
          {token.hasValue === 'none' ? null : (
            <Icon
              name={token.hasValue === 'sealed' ? 'sealed' : 'key'}
              small
              className={`il ${token.hasValue === 'sealed' ? 'acc' : ''}`}
            />
          )}{' '}
          {detailText.values[token.hasValue]}
        </Fact>
        {token.owner === undefined ? null : <Fact name={words.owner}>{token.owner}</Fact>}
        {token.tags.length === 0 ? null : <Fact name={words.tags}>{token.tags.join(', ')}</Fact>}
        {token.note === undefined ? null : <Fact name={words.note}>{token.note}</Fact>}
        {token.remoteId === undefined ? null : (
          <Fact name={words.id}>
            <span className="mono wrap">{token.remoteId}</span>
          </Fact>
        )}
      </dl>
      <div className="pane-links">
        <TakeIt token={token} />
        {later === undefined ? null : (
          <button type="button" className="link" onClick={() => tokenShown(later.id)}>
            {detailText.after(named(later))}
          </button>
        )}
        {rotation === undefined ? null : <RotationLink token={rotation.token} rotation={rotation.id} />}
      </div>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function TakeIt({ token }: { token: Token }) {
  const opened = useRondo((state) => state.opened);
  if (token.hasValue === 'none') return null;
  return (
    <Button icon="copy" keys="C" aria-keyshortcuts="c" onClick={() => opened({ open: 'take', token: token.id })}>
      {detailText.take}
    </Button>
  );
}

function RotationLink({ token, rotation }: { token: Id; rotation: Id }) {
  const went = useRondo((state) => state.went);
  return (
    <button type="button" className="link" onClick={() => went({ at: 'rotation', token, rotation })}>
      {detailText.showRotation}
    </button>
  );
}
