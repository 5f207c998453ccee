import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Vault, VaultSession } from '../../main/vault/vault.ts';
import { startVaultChild } from '../support/start-vault-writer.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../support/temporary-vault.ts';
import { outcomeOf } from '../support/vault-surgery.ts';

let first: TemporaryVault;
let second: Vault;
let theirs: VaultSession;
beforeEach(async () => {
  first = await temporaryVault();
  second = vaultIn(first.vaultDir);
  theirs = await second.unlock(passwordBytes());
});
afterEach(() => {
  second.lock();
  first.dispose();
});

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const value = (content: string) => new TextEncoder().encode(content);

describe('two sessions on one vault', () => {
  test('see what the other wrote, changed and removed', () => {
    const ours = first.session;
    const id = ours.newId();
    ours.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: 1 }, value('one')));
    expect(theirs.records('token')).toEqual([{ id, kind: 'token', meta: 1, revision: expect.any(Number) }]);
    theirs.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: 2 }, value('two')));
    expect(ours.record(id)?.meta).toBe(2);
    expect(ours.withSecret(id, text)).toBe('two');
    ours.write((transaction) => transaction.putJournal(id, { step: 'create' }));
    expect(theirs.journal().get(id)).toEqual({ step: 'create' });
    theirs.write((transaction) => {
      transaction.removeRecord(id);
      transaction.removeJournal(id);
    });
    expect([ours.record(id), ours.records('token'), [...ours.journal()]]).toEqual([undefined, [], []]);
    expect([ours.verify().ok, theirs.verify().ok]).toEqual([true, true]);
  });

  test('lose no update when they take turns without reading in between', () => {
    const id = first.session.newId();
    const addOne = (session: VaultSession) =>
      session.write((transaction) => {
        const before = transaction.record(id)?.meta;
        const meta = typeof before === 'number' ? before + 1 : 1;
        transaction.putRecord({ id, kind: 'counter', meta }, 'same');
        transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'add', outcome: 'ok' });
      });
    for (let turn = 0; turn < 50; turn++) for (const session of [first.session, theirs, theirs]) addOne(session);
    expect(theirs.record(id)?.meta).toBe(150);
    expect(first.session.verifyLog()).toEqual({ ok: true, entries: 150 });
  });

  test('keep unchanged records as they are when they read again', () => {
    const ids = [first.session.newId(), first.session.newId()];
    first.session.write((transaction) => {
      for (const id of ids) transaction.putRecord({ id, kind: 'token', meta: { id } }, 'none');
    });
    const [kept = '', changed = ''] = ids;
    const before = theirs.record(kept);
    first.session.write((transaction) => transaction.putRecord({ id: changed, kind: 'token', meta: {} }, 'same'));
    expect(theirs.record(changed)?.meta).toEqual({});
    expect(theirs.record(kept)?.meta, 'the same object: it was not opened again').toBe(before?.meta);
  });

  test('a new value is in the file itself, not only in the write-ahead log, while the other has it open', () => {
    const id = first.session.newId();
    first.session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: 1 }, value('v')));
    expect(statSync(join(first.vaultDir, 'vault.rondo-wal')).size).toBe(0);
    theirs.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: 2 }, 'same'));
    expect(statSync(join(first.vaultDir, 'vault.rondo-wal')).size, 'no value: no checkpoint').toBeGreaterThan(0);
  });
});

describe('the lock file', () => {
  test('is held by one at a time and free afterwards, also after a failure', async () => {
    const work = first.session.exclusively(async () => {
      await expect(theirs.exclusively(async () => 1)).rejects.toMatchObject({ code: 'vault-busy' });
      return 2;
    });
    expect(await work).toBe(2);
    await expect(theirs.exclusively(async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    expect(await first.session.exclusively(async () => 3)).toBe(3);
  });

  test('does not keep others from reading and writing', async () => {
    await first.session.exclusively(async () => {
      expect(outcomeOf(() => theirs.write((transaction) => transaction.putJournal('b'.repeat(32), {})))).toBe('done');
    });
  });

  test('of a killed process is free', async () => {
    const child = startVaultChild(first.vaultDir, 'hold');
    await child.line('held');
    await expect(first.session.exclusively(async () => 1)).rejects.toMatchObject({ code: 'vault-busy' });
    child.process.kill('SIGKILL');
    await child.ended();
    expect(await first.session.exclusively(async () => 1)).toBe(1);
  });
});

test('three processes that count together lose no update', async () => {
  const children = [0, 1, 2].map(() => startVaultChild(first.vaultDir, 'count', { count: 100 }));
  const ends = await Promise.all(children.map((child) => child.ended()));
  expect(ends.flat().filter((line) => line.startsWith('failed'))).toEqual([]);
  expect(first.session.records('counter')).toEqual([expect.objectContaining({ meta: 300 })]);
  expect(theirs.verify()).toEqual({ ok: true, records: 1, damaged: [] });
});

test('a process sees at once what another one saves', async () => {
  const child = startVaultChild(first.vaultDir, 'add', { count: 30 });
  const unseen: string[] = [];
  child.process.on('output', () => {
    for (const line of child.lines()) {
      const [word, id = ''] = line.split(' ');
      if (word === 'saved' && first.session.record(id) === undefined) unseen.push(line);
    }
  });
  await child.ended();
  expect(unseen).toEqual([]);
  expect(first.session.records('token')).toHaveLength(30);
});
