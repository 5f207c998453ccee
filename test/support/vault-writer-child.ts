// A real second process at a vault. Arguments: folder, URL of the key derivation worker, task, number.
//   add       writes records one by one, for ever or `number` times; a line `saved <id> <n>` after each
//   count     adds one to the record of kind counter, `number` times
//   hold      holds the vault's lock file until standard input ends
//   try       status, unlock, one write: a line with each outcome
// Everything is written synchronously, so that a line that was printed was printed before the process was killed.
import { readSync, writeSync } from 'node:fs';
import { AppError } from '../../main/app-error.ts';
import type { VaultSession } from '../../main/vault/vault.ts';
import { childVault } from './child-vault.ts';
import { password } from './core-pieces.ts';

const [vaultDir = '', workerUrl = '', task = '', count = '0'] = process.argv.slice(2);
const vault = childVault(vaultDir, new URL(workerUrl));
const say = (line: string) => writeSync(1, `${line}\n`);

function add(session: VaultSession, n: number): void {
  const id = session.newId();
  session.write((transaction) => {
    transaction.putRecord({ id, kind: 'token', meta: { n } }, new TextEncoder().encode(`value ${n}`.padEnd(600, '.')));
    transaction.putJournal(id, { step: n });
    transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'child', action: `add ${n}`, outcome: 'ok' });
  });
  say(`saved ${id} ${n}`);
}

/** Again while others are at work: `vault-busy` says that nothing was changed. */
function addOne(session: VaultSession): void {
  try {
    session.write((transaction) => {
      const [record] = transaction.records('counter');
      const before = record?.meta;
      const meta = typeof before === 'number' ? before + 1 : 1;
      transaction.putRecord({ id: record?.id ?? session.newId(), kind: 'counter', meta }, 'none');
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'vault-busy') throw error;
    addOne(session);
  }
}

async function report(name: string, act: () => unknown): Promise<void> {
  try {
    await act();
    say(`${name} done`);
  } catch (error) {
    say(`${name} ${error instanceof AppError ? error.code : String(error)}`);
  }
}

async function run(): Promise<void> {
  if (task === 'try') {
    await report('create', () => vault.create(password()));
    await report('status', () => vault.status());
    await report('unlock', () => vault.unlock(password()));
    await report('write', () => vault.session().write((transaction) => transaction.putJournal('a'.repeat(32), {})));
    return vault.lock();
  }
  const session = await vault.unlock(password());
  say('unlocked');
  if (task === 'add') for (let n = 0; count === '0' || n < Number(count); n++) add(session, n);
  if (task === 'count') for (let n = 0; n < Number(count); n++) addOne(session);
  if (task === 'hold') {
    await session.exclusively(async () => {
      say('held');
      readSync(0, new Uint8Array(1));
    });
  }
  vault.lock();
}

await run().catch((error: unknown) => {
  say(`failed ${error instanceof AppError ? `${error.code}: ${error.message}` : String(error)}`);
  process.exitCode = 1;
});
