import type { StoredToken } from '../../main/sandbox/token-table.ts';
import type { User } from '../../main/sandbox/world.ts';
import type { Account } from '../../shared/contract/account.ts';
import type { JobHead } from '../../shared/contract/job.ts';
import type { Guide, Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import type { Act } from './acts.ts';
import { isOpen } from './ledger.ts';
import type { Stage } from './stage.ts';

/** In an order that does not depend on the vault's ids, which are chance. */
function ordered(tokens: readonly Token[]): Token[] {
  const key = ({ createdAt = '', remoteId = '', account }: Token) => `${createdAt} ${remoteId} ${account}`;
  return [...tokens].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

export function rotatable({ sight }: Stage): Token[] {
  return ordered(sight.tokens.filter(({ state, remoteId }) => state !== 'revoked' && state !== 'gone' && remoteId));
}

export function deletable(stage: Stage): Token[] {
  return rotatable(stage).filter(({ label }) => !stage.ledger.signIns.has(label));
}

export function held({ sight }: Stage): Token[] {
  return ordered(sight.tokens.filter(({ hasValue }) => hasValue !== 'none'));
}

export function open({ sight }: Stage): Rotation[] {
  return sight.rotations.filter(isOpen);
}

export type Guided = Rotation & { readonly guide: Guide };

/** Those that wait for something that a person does on CircleCI's page. */
export function guided(stage: Stage): Guided[] {
  return open(stage).flatMap((rotation) => {
    const { guide } = rotation;
    return guide === undefined ? [] : [{ ...rotation, guide }];
  });
}

/** Something of them is left, also where they say that they are done. */
export function unfinished({ sight }: Stage): JobHead[] {
  return sight.jobs.filter(
    ({ state, counts }) =>
      state !== 'done' || counts.failed + counts.waiting + counts.paused + counts['needs-attention'] > 0,
  );
}

export function removable({ ledger }: Stage): StoredToken[] {
  return [...ledger.alive().values()].filter(({ label }) => !ledger.signIns.has(label));
}

/** Of the person who signed in first; absent while it is removed. */
export function ownAccount({ sight, imitation }: Stage): Account | undefined {
  const [person] = imitation.world.users.keys();
  return sight.accounts.find(({ userId }) => userId === person);
}

/** Who has no account here now. */
export function strangers({ sight, imitation }: Stage): User[] {
  return [...imitation.world.users.values()].filter(({ id }) => !sight.accounts.some(({ userId }) => userId === id));
}

export function chosen<T>(from: readonly T[], pick: number): T | undefined {
  return from[pick % Math.max(from.length, 1)];
}

/** Whether there is anything to do. */
export function isPossible(act: Act, stage: Stage): boolean {
  switch (act.kind) {
    case 'create':
      return ownAccount(stage) !== undefined;
    case 'account':
      return act.does === 'adds' ? strangers(stage).length > 0 : stage.sight.accounts.length > 0;
    case 'take':
      return held(stage).length > 0;
    case 'resume':
    case 'decide':
      return open(stage).length > 0;
    case 'tell':
      return guided(stage).length > 0;
    case 'go-on':
      return unfinished(stage).length > 0;
    default:
      return true;
  }
}
