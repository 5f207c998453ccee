import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calls } from '../../../shared/contract/contract.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk, password } from '../../support/core-pieces.ts';
import { temporaryCore, watchedCore } from '../../support/temporary-core.ts';

describe('the core', () => {
  test('locked answers what needs no vault, and says locked to the rest', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    expectOk(await client('vault.lock', {}));
    const id = 'a'.repeat(32);
    const answers = [
      await client('inventory.read', {}),
      await client('account.list', {}),
      await client('account.remove', { id }),
      await client('project.list', {}),
      await client('project.remove', { slug: 'gh/a/b' }),
      await client('token.list', {}),
      await client('token.take', { id }),
      await client('token.delete', { ids: [id], confirm: 'DELETE' }),
      await client('token.check', { ids: [] }),
      await client('sync.run', {}),
      await client('rotation.list', {}),
      await client('rotation.start', { ids: [id], keep: false, dryRun: true }),
      await client('rotation.resume', { ids: [] }),
      await client('audit.list', {}),
      await client('audit.verify', {}),
      await client('transfer.export', { path: '/x', exportPassword: password() }),
      await client('transfer.export-plain', { path: '/x', confirm: 'PLAIN' }),
      await client('transfer.import', { path: '/x', exportPassword: password() }),
    ];
    expect(answers.map((answer) => expectFailure(answer).code)).toEqual(answers.map(() => 'locked'));
    expect(expectOk(await client('vault.status', {})).vault.locked).toBe(true);
  });

  test('locked overwrites a value that is added all the same', async () => {
    await using connected = await connectedCore();
    expectOk(await connected.client('vault.lock', {}));
    const value = new TextEncoder().encode(connected.sandbox.personalToken);
    expect(expectFailure(await connected.client('account.add', { host: connected.sandbox.url, value })).code).toBe(
      'locked',
    );
    expect([...value].every((byte) => byte === 0)).toBe(true);
  });

  test('answers every call of the contract with a Result, whatever comes in', async () => {
    await using temporary = await temporaryCore();
    for (const channel of Object.keys(calls).filter((name) => name !== 'sandbox.start')) {
      for (const input of [undefined, null, 7, 'text', [], { __proto__: { a: 1 } }, { unknown: true }]) {
        expect(await temporary.core.dispatch(channel, input)).toHaveProperty('ok');
      }
    }
  });

  test('announces the vault when it is locked and unlocked', async () => {
    await using temporary = await temporaryCore();
    expectOk(await temporary.client('vault.lock', {}));
    const vault = temporary.events.filter(({ event }) => event === 'vault.changed').map(({ value }) => value);
    expect(vault.map((value) => 'locked' in value && value.locked)).toEqual([true, false, true]);
  });

  test('announces that it is locked when another process gave the vault new keys', async () => {
    await using temporary = await temporaryCore();
    await using other = watchedCore({ vaultDir: temporary.vaultDir });
    expectOk(await other.client('vault.unlock', { password: password() }));
    expectOk(await other.client('vault.re-key', { password: password(), confirm: 'RE-KEY' }));
    expect(expectFailure(await temporary.client('token.list', {})).code).toBe('locked');
    const locked = { locked: true, lockedBecause: 'new-keys' };
    expect(temporary.events.at(-1)).toMatchObject({ event: 'vault.changed', value: locked });
    expect(expectOk(await temporary.client('vault.status', {})).vault).toMatchObject(locked);
    expectOk(await temporary.client('vault.unlock', { password: password() }));
    expect(expectOk(await temporary.client('vault.status', {})).vault).not.toHaveProperty('lockedBecause');
  });

  test('does not announce to whoever has stopped listening', async () => {
    await using temporary = await temporaryCore();
    const heard: string[] = [];
    const stop = temporary.core.subscribe(({ event }) => heard.push(event));
    stop();
    stop();
    expectOk(await temporary.client('vault.lock', {}));
    expect(heard).toEqual([]);
  });

  test('turns a bug into a log id, and the log holds no message', async () => {
    const secret = 'CCIPAT_something-secret';
    let broken = false;
    await using connected = await connectedCore({
      random: {
        bytes(length) {
          // Ids are 16 bytes.
          if (broken && length === 16) throw new RangeError(secret);
          return crypto.getRandomValues(new Uint8Array(length));
        },
      },
    });
    const logPath = join(connected.vaultDir, 'rondo.log');
    expect(existsSync(logPath)).toBe(false);
    broken = true;
    const error = expectFailure(await connected.client('project.add', { slugs: ['gh/a/b'] }));
    broken = false;
    expect(error.code).toBe('internal');
    expect(JSON.stringify(error)).not.toContain(secret);
    const log = readFileSync(logPath, 'utf8');
    expect(log).not.toContain(secret);
    expect(JSON.parse(log)).toMatchObject({ logId: error.details?.logId, kind: 'RangeError' });
    expect(expectOk(await connected.client('vault.verify', {})).ok, 'nothing half written').toBe(true);
  });

  test('closed twice is closed', async () => {
    await using temporary = await temporaryCore();
    await temporary.core.close();
    expect(expectOk(await temporary.client('vault.status', {})).vault.locked).toBe(true);
  });
});
