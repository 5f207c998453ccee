import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseHeader } from '../../../main/vault/header.ts';
import { parsePasswordParameters } from '../../../main/vault/password-parameters.ts';
import { blake2b256 } from '../../support/reference-crypto.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../../support/temporary-vault.ts';

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

type Way = 'recovery' | 'keychain';

/** What another process finds: `opened`, or the code of the refusal. */
async function opensBy(secret: Uint8Array, by: Way | 'password'): Promise<string> {
  const vault = vaultIn(opened.vaultDir);
  try {
    const session = await vault.unlock(new Uint8Array(secret), by);
    expect(session.damaged).toEqual([]);
    expect(session.verify().ok).toBe(true);
    return 'opened';
  } catch (error) {
    return Object(error).code;
  } finally {
    vault.lock();
  }
}

const add = (way: Way, password = passwordBytes()) => opened.vault.addWay(way, password);

describe.each<Way>(['recovery', 'keychain'])('%s', (way) => {
  test('opens the vault beside the password, until it is removed', async () => {
    expect(opened.vault.ways()[way]).toBe(false);
    const password = passwordBytes();
    const secret = await add(way, password);
    expect(
      password.every((byte) => byte === 0),
      'the password is overwritten',
    ).toBe(true);
    expect(opened.vault.ways()).toEqual({ recovery: way === 'recovery', keychain: way === 'keychain' });
    expect(await opensBy(secret, way)).toBe('opened');
    expect(await opensBy(passwordBytes(), 'password')).toBe('opened');
    await opened.vault.removeWay(way, passwordBytes());
    expect(await opensBy(secret, way)).toBe('not-found');
    expect(await opensBy(passwordBytes(), 'password')).toBe('opened');
    expect(opened.session.log().map(({ action }) => action)).toEqual([`vault.${way}-added`, `vault.${way}-removed`]);
  });

  test('a second one takes the place of the first', async () => {
    const first = await add(way);
    const second = await add(way);
    expect(await opensBy(first, way)).toBe('wrong-password');
    expect(await opensBy(second, way)).toBe('opened');
  });

  test('outlives a new password', async () => {
    const secret = await add(way);
    await opened.vault.changePassword(passwordBytes(), passwordBytes('another'));
    expect(await opensBy(secret, way)).toBe('opened');
    expect(await opensBy(passwordBytes('another'), 'password')).toBe('opened');
  });

  test('is neither made nor removed without the password', async () => {
    await expect(add(way, passwordBytes('wrong'))).rejects.toMatchObject({ code: 'wrong-password' });
    const secret = await add(way);
    await expect(opened.vault.removeWay(way, passwordBytes('wrong'))).rejects.toMatchObject({ code: 'wrong-password' });
    expect(await opensBy(secret, way)).toBe('opened');
  });
});

test('a recovery code that cannot be shown as one copy of the header stays behind says which is void, and is made again', async () => {
  const before = await add('recovery');
  const headerPath = join(opened.vaultDir, 'vault.rondo.header');
  rmSync(headerPath);
  mkdirSync(headerPath);
  await expect(add('recovery')).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringMatching(
      /^The vault has a new recovery code, which is not shown .* an earlier one is void\./,
    ),
    hint: expect.stringContaining(headerPath),
  });
  expect(await opensBy(before, 'recovery'), 'as it says').toBe('wrong-password');
  rmSync(headerPath, { recursive: true });
  expect(await opensBy(await add('recovery'), 'recovery')).toBe('opened');
});

test('both are there at once, and neither opens in place of the other', async () => {
  const [code, key] = [await add('recovery'), await add('keychain')];
  expect(await opensBy(code, 'recovery')).toBe('opened');
  expect(await opensBy(key, 'keychain')).toBe('opened');
  expect(await opensBy(key, 'recovery')).toBe('invalid-input');
  expect(await opensBy(code, 'keychain')).toBe('wrong-password');
  expect(await opensBy(code, 'password')).toBe('wrong-password');
});

test('whoever has lost the password sets a new one with the recovery code', async () => {
  const code = await add('recovery');
  const another = new Uint8Array(code);
  another[0] = another[0] === 0x30 ? 0x31 : 0x30;
  await expect(opened.vault.changePassword(another, passwordBytes('new one'), 'recovery')).rejects.toMatchObject({
    code: 'invalid-input',
  });
  await opened.vault.changePassword(new Uint8Array(code), passwordBytes('new one'), 'recovery');
  expect(await opensBy(passwordBytes('new one'), 'password')).toBe('opened');
  expect(await opensBy(passwordBytes(), 'password')).toBe('wrong-password');
  expect(await opensBy(code, 'recovery')).toBe('opened');
});

describe('a password that costs a guesser too little', () => {
  const floor = { operations: 2, memoryBytes: 8 * 1024 * 1024 };
  const costs = (vaultDir: string) => vaultIn(vaultDir, { creationKdf: floor });

  test('costs the floor after the next unlock, and nothing else has changed', async () => {
    const id = opened.session.newId();
    opened.session.write((transaction) => transaction.putRecord({ id, kind: 'note', meta: 'kept' }, 'none'));
    const vault = costs(opened.vaultDir);
    const session = await vault.unlock(passwordBytes());
    expect(session.log().at(-1)).toMatchObject({ action: 'vault.strengthened', outcome: 'ok' });
    expect(session.record(id)?.meta).toBe('kept');
    expect(session.verify()).toMatchObject({ ok: true });
    vault.lock();
    const again = costs(opened.vaultDir);
    expect((await again.unlock(passwordBytes())).log(), 'only once').toHaveLength(1);
    again.lock();
    expect(await opensBy(passwordBytes(), 'password')).toBe('opened');
  });

  test('keeps what it costs more than the floor', async () => {
    const vaultDir = join(opened.vaultDir, 'another');
    const kdf = { operations: 1, memoryBytes: 16 * 1024 * 1024 };
    await vaultIn(vaultDir, { creationKdf: kdf }).create(passwordBytes());
    const vault = costs(vaultDir);
    await vault.unlock(passwordBytes());
    vault.lock();
    const header = readFileSync(join(vaultDir, 'vault.rondo.header'));
    const [slot] = parseHeader(header, blake2b256)?.slots ?? [];
    expect(slot && parsePasswordParameters(slot.parameters)?.cost).toEqual({ ...kdf, operations: floor.operations });
  });

  test('a wrong password, a recovery code and a stronger password raise nothing', async () => {
    const code = await add('recovery');
    const vault = costs(opened.vaultDir);
    await expect(vault.unlock(passwordBytes('wrong'))).rejects.toMatchObject({ code: 'wrong-password' });
    const session = await vault.unlock(code, 'recovery');
    expect(session.log().map(({ action }) => action)).not.toContain('vault.strengthened');
    vault.lock();
  });
});
