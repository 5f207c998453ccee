import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountStore } from '../../../main/accounts/account-store.ts';
import { tokenStore } from '../../../main/tokens/token-store.ts';
import type { VaultTransaction } from '../../../main/vault/vault.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { flipCell } from '../../support/damaged-vault.ts';
import { quickRoot } from '../../support/quick-folder.ts';
import { unlock, type WatchedCore, watchedCore } from '../../support/temporary-core.ts';
import { passwordBytes, vaultIn } from '../../support/temporary-vault.ts';
import { account, sealed } from '../../support/values-to-repair.ts';
import { operate } from '../../support/vault-surgery.ts';

// A repair through the core, from the backup that the core itself made at an unlock.

let core: WatchedCore;
beforeEach(async () => {
  core = watchedCore({ vaultDir: mkdtempSync(join(quickRoot(), 'rondo-test-')) });
  await vaultIn(core.vaultDir).create(passwordBytes());
});
afterEach(async () => {
  await core[Symbol.asyncDispose]();
  rmSync(core.vaultDir, { recursive: true, force: true });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const token = { ...sealed, account: account.id };

async function write(change: (transaction: VaultTransaction) => void): Promise<void> {
  const vault = vaultIn(core.vaultDir);
  (await vault.unlock(passwordBytes())).write(change);
  vault.lock();
}

/** Whoever locks waits for the day's backup. */
async function backedUp(): Promise<void> {
  await unlock(core);
  expectOk(await core.client('vault.lock', {}));
}

async function damagedParts(id: string, column: 'meta' | 'secret') {
  operate(core.vaultDir, (database) => flipCell(database, column, id));
  await unlock(core);
  return expectOk(await core.client('vault.damage', {})).damaged;
}

async function repaired(words: { readonly setAside?: string } = {}): Promise<void> {
  expectOk(await core.client('vault.repair', { confirm: 'REPAIR', ...words }));
  await unlock(core);
}

async function valueIn(id: string): Promise<string | undefined> {
  expectOk(await core.client('vault.lock', {}));
  const vault = vaultIn(core.vaultDir);
  const session = await vault.unlock(passwordBytes());
  const value = session.withSecret(id, (secret) => new TextDecoder().decode(secret));
  vault.lock();
  return value;
}

test('the only copy of a value that waits to be taken outlives its description', async () => {
  await write((transaction) => {
    accountStore.put(transaction, account, bytes('own'));
    tokenStore.put(transaction, token, bytes('value'));
  });
  await backedUp();
  await write((transaction) => tokenStore.put(transaction, { ...token, owner: 'ada' }, 'same'));
  expect(await damagedParts(token.id, 'meta')).toMatchObject([{ remedy: 'from-backup', only: 'description' }]);
  await repaired();
  const { tokens } = expectOk(await core.client('token.list', {}));
  expect(tokens).toMatchObject([{ id: token.id, hasValue: 'sealed' }]);
  expect(await valueIn(token.id)).toBe('value');
});

test('a value that no backup has is not given up unasked, and then its token is known to hold none', async () => {
  await write((transaction) => {
    accountStore.put(transaction, account, bytes('own'));
    tokenStore.put(transaction, token, bytes('value'));
  });
  await backedUp();
  await write((transaction) => tokenStore.put(transaction, { ...token, owner: 'ada' }, 'same'));
  expect(await damagedParts(token.id, 'secret')).toMatchObject([{ remedy: 'set-aside', only: 'value' }]);
  expect(await core.client('vault.repair', { confirm: 'REPAIR' })).toMatchObject({
    ok: false,
    error: { code: 'confirmation-required' },
  });
  await repaired({ setAside: 'SET-ASIDE' });
  const { tokens } = expectOk(await core.client('token.list', {}));
  expect(tokens).toMatchObject([{ id: token.id, owner: 'ada', hasValue: 'none' }]);
});

test('what an account signs in with is known by its token, and is no other one', async () => {
  await write((transaction) => accountStore.put(transaction, account, bytes('own')));
  await backedUp();
  await write((transaction) => accountStore.put(transaction, { ...account, name: 'Ada' }, bytes('own')));
  expect(await damagedParts(account.id, 'secret'), 'sealed anew, and the same').toMatchObject([
    { remedy: 'from-backup', only: 'value' },
  ]);
  await repaired();
  expect(await valueIn(account.id)).toBe('own');
  await write((transaction) =>
    accountStore.put(transaction, { ...account, signInToken: '2'.repeat(32) }, bytes('rotated')),
  );
  const parts = await damagedParts(account.id, 'meta');
  expect(parts).toMatchObject([{ remedy: 'from-backup', only: 'description' }]);
  await repaired();
  expect(await valueIn(account.id)).toBe('rotated');
  const vault = vaultIn(core.vaultDir);
  const session = await vault.unlock(passwordBytes());
  expect(accountStore.get(session, account.id)).not.toHaveProperty('signInToken');
  vault.lock();
});
