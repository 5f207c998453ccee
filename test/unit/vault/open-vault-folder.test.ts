import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import { encodeRecoveryCode } from '../../../main/vault/recovery-code.ts';
import type { Vault, VaultSession } from '../../../main/vault/vault.ts';
import {
  passwordBytes,
  type TemporaryFolder,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';
import { outcomeOf } from '../../support/vault-surgery.ts';

let folder: TemporaryFolder;
let opened: TemporaryVault;
let session: VaultSession;
beforeEach(async () => {
  folder = temporaryFolder();
  opened = await temporaryVault();
  session = opened.session;
});
afterEach(() => {
  opened.dispose();
  folder.dispose();
});

const value = (content: string) => new TextEncoder().encode(content);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const entry = { at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'x', outcome: 'ok' } as const;

describe('a vault', () => {
  test('gives back after unlock what was written before lock', async () => {
    const id = session.newId();
    session.write((transaction) => {
      transaction.putRecord({ id, kind: 'token', meta: { label: 'Grüße' } }, value('value'));
      transaction.putJournal(id, { step: 1 });
      transaction.appendLog(entry);
    });
    const { vaultId } = session;
    opened.vault.lock();
    const again = await opened.vault.unlock(opened.password());
    expect(again.vaultId).toBe(vaultId);
    expect(again.damaged).toEqual([]);
    expect(again.records('token')).toMatchObject([{ id, kind: 'token', meta: { label: 'Grüße' } }]);
    expect(again.records('account')).toEqual([]);
    expect(again.journal()).toEqual(new Map([[id, { step: 1 }]]));
    expect(again.withSecret(id, text)).toBe('value');
    expect(again.log()).toEqual([{ ...entry, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(again.verifyLog()).toEqual({ ok: true, entries: 1 });
    expect(again.verify()).toEqual({ ok: true, records: 1, damaged: [] });
  });

  test('overwrites the password it was given, and refuses another one', async () => {
    const password = passwordBytes();
    const wrong = passwordBytes('wrong');
    await opened.vault.unlock(password);
    await expect(opened.vault.unlock(wrong)).rejects.toMatchObject({ code: 'wrong-password' });
    expect([...password, ...wrong].every((byte) => byte === 0)).toBe(true);
    expect(opened.vault.session(), 'a wrong password locks nobody out').toBeDefined();
  });

  test('opens with the same password typed as other code points', async () => {
    const vault = vaultIn(folder.path);
    await vault.create(passwordBytes('pässwort'));
    await vault.unlock(passwordBytes('pa\u0308sswort'));
    vault.lock();
  });

  test('refuses a password that is empty or no text', async () => {
    const vault = vaultIn(folder.path);
    await expect(vault.create(new Uint8Array(0))).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(vault.create(Uint8Array.of(0xff))).rejects.toMatchObject({ code: 'invalid-input' });
    expect(readdirSync(folder.path)).toEqual([]);
    await expect(opened.vault.unlock(Uint8Array.of(0xff))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('logs failed unlocks at the next good one, once', async () => {
    opened.vault.lock();
    for (const wrong of ['a', 'b']) await opened.vault.unlock(passwordBytes(wrong)).catch(() => {});
    const again = await opened.vault.unlock(opened.password());
    expect(again.log()).toEqual([expect.objectContaining({ action: 'vault.unlock', outcome: 'failed' })]);
    expect(again.log()[0]?.detail).toMatch(/^2 /);
    opened.vault.lock();
    expect((await opened.vault.unlock(opened.password())).log()).toHaveLength(1);
  });

  test('and tells what did not open it apart', async () => {
    const { vault, password } = opened;
    for (const way of ['recovery', 'keychain'] as const) await vault.addWay(way, password());
    vault.lock();
    const key = () => systemRandom.bytes(32);
    const wrong = [
      [passwordBytes('a'), 'password'],
      [key(), 'keychain'],
      [encodeRecoveryCode(key()), 'recovery'],
      [key(), 'keychain'],
    ] as const;
    for (const [secret, by] of wrong)
      await expect(vault.unlock(secret, by)).rejects.toMatchObject({ code: 'wrong-password' });
    expect((await vault.unlock(password())).log().at(-1)).toMatchObject({
      outcome: 'failed',
      detail:
        '1 with a wrong password, 2 with a key of the keychain that does not open it, 1 with a wrong recovery code, since the vault was last opened here',
    });
  });

  test('answers nothing once it is locked, and lock may be called twice', () => {
    const id = session.newId();
    session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: {} }, value('v')));
    opened.vault.lock();
    opened.vault.lock();
    const calls = [
      () => session.records('token'),
      () => session.record(id),
      () => session.journal(),
      () => session.damaged,
      () => session.write(() => 1),
      () => session.withSecret(id, text),
      () => session.fingerprint(value('v')),
      () => session.verify(),
      () => session.log(),
      () => opened.vault.session(),
    ];
    expect(calls.map(outcomeOf)).toEqual(calls.map(() => 'locked'));
    expect(opened.vault.status().locked).toBe(true);
  });

  test.each([
    ['password is changed', (vault: Vault) => vault.changePassword(passwordBytes(), passwordBytes('another'))],
    ['recovery code is made', (vault: Vault) => vault.addWay('recovery', passwordBytes())],
  ])('that is locked while its %s stays as it was', async (_, change) => {
    const changing = change(opened.vault);
    opened.vault.lock();
    await expect(changing).rejects.toMatchObject({ code: 'locked' });
    const session = await opened.vault.unlock(opened.password());
    expect(session.verify()).toMatchObject({ ok: true, damaged: [] });
    expect(session.verifyLog().ok).toBe(true);
    expect(opened.vault.ways().recovery).toBe(false);
  });

  test('whose file is gone says so, and is not called damaged', () => {
    renameSync(join(opened.vaultDir, 'vault.rondo'), join(opened.vaultDir, 'elsewhere'));
    expect(() => opened.session.records('token')).toThrow(
      expect.objectContaining({ code: 'not-found', message: expect.stringContaining('not there any more') }),
    );
  });

  test('that is locked while its key is derived stays locked', async () => {
    opened.vault.lock();
    const unlocking = opened.vault.unlock(opened.password());
    opened.vault.lock();
    await expect(unlocking).rejects.toMatchObject({ code: 'locked' });
    expect(opened.vault.status().locked).toBe(true);
  });
});

test('a lent secret is overwritten when its borrower returns or throws', () => {
  const id = session.newId();
  session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: {} }, value('secret')));
  const lent: Uint8Array[] = [];
  session.withSecret(id, (bytes) => lent.push(bytes));
  expect(() =>
    session.withSecret(id, (bytes) => {
      lent.push(bytes);
      throw new Error('mine');
    }),
  ).toThrow('mine');
  expect(() => session.withSecret(id, async () => 1)).toThrow(/before a promise ends/);
  expect(lent.map((bytes) => [...bytes].every((byte) => byte === 0))).toEqual([true, true]);
  expect(session.withSecret(session.newId(), text)).toBeUndefined();
});

test('a fingerprint is the same for the same value of the same vault only', async () => {
  const other = await temporaryVault();
  expect(session.fingerprint(value('v'))).toBe(session.fingerprint(value('v')));
  expect(session.fingerprint(value('v'))).not.toBe(session.fingerprint(value('w')));
  expect(session.fingerprint(value('v'))).not.toBe(other.session.fingerprint(value('v')));
  other.dispose();
});
