import { expectOk, password } from '../support/core-pieces.ts';
import { must } from './broken.ts';
import { chosen, open } from './choices.ts';
import type { Outcome } from './disturb.ts';
import type { Stage } from './stage.ts';

/** The vault is what it was when one of its backups was made; CircleCI is where it is. */
export async function restore(pick: number, stage: Stage): Promise<Outcome> {
  const { client } = stage.core();
  const { backups } = expectOk(await client('backup.list', {}));
  const path = chosen(backups, pick)?.path ?? '';
  expectOk(await client('backup.restore', { path, password: password(), confirm: 'RESTORE' }));
  await stage.unlock();
  await stage.look();
  stage.ledger.restored(stage.sight);
  for (const { id, state } of open(stage)) {
    must(state === 'needs-attention', `${id} is ${state} after a restore from a backup`);
  }
  await signInAgain(stage);
  return { disturbed: false };
}

/** What the accounts signed in with when the backup was made may have been replaced since. */
async function signInAgain(stage: Stage): Promise<void> {
  const { client } = stage.core();
  const nowMs = stage.imitation.world.clock.now();
  const { accounts } = expectOk(await client('account.list', {}));
  for (const { host, userId } of accounts) {
    const token = [...stage.ledger.alive().values()].find(
      ({ label, holder, expiresMs = Number.POSITIVE_INFINITY }) =>
        stage.ledger.signIns.has(label) && holder.kind === 'personal' && holder.user === userId && expiresMs > nowMs,
    );
    if (token !== undefined)
      expectOk(await client('account.add', { host, value: new TextEncoder().encode(token.value) }));
  }
}
