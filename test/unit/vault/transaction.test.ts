import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import type { VaultSession } from '../../../main/vault/vault.ts';
import { type TemporaryVault, temporaryVault } from '../../support/temporary-vault.ts';
import { outcomeOf } from '../../support/vault-surgery.ts';

let opened: TemporaryVault;
let session: VaultSession;
beforeEach(async () => {
  opened = await temporaryVault();
  session = opened.session;
});
afterEach(() => opened.dispose());

const value = (content: string) => new TextEncoder().encode(content);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const entry = { at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'x', outcome: 'ok' } as const;

describe('a transaction', () => {
  test('that fails changes nothing, in the file and in what is shown', async () => {
    const [kept, removed, added] = [session.newId(), session.newId(), session.newId()];
    session.write((transaction) => {
      transaction.putRecord({ id: kept, kind: 'token', meta: 1 }, value('one'));
      transaction.putRecord({ id: removed, kind: 'token', meta: 2 }, 'none');
      transaction.putJournal(kept, { step: 1 });
    });
    const byId = (kind: string) => session.records(kind).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const shown = () => [byId('token'), byId('account'), [...session.journal()], session.log()];
    const before = shown();
    const fail = () =>
      session.write((transaction) => {
        transaction.putRecord({ id: kept, kind: 'account', meta: 9 }, value('nine'));
        transaction.removeRecord(removed);
        transaction.putRecord({ id: added, kind: 'token', meta: 3 }, 'none');
        transaction.putJournal(added, {});
        transaction.removeJournal(kept);
        transaction.appendLog(entry);
        expect(transaction.records('token').map(({ id }) => id)).toEqual([added]);
        throw new Error('changed my mind');
      });
    expect(fail).toThrow('changed my mind');
    expect(shown()).toEqual(before);
    expect(session.withSecret(kept, text)).toBe('one');
    expect(session.verify().ok).toBe(true);
    opened.vault.lock();
    session = await opened.vault.unlock(opened.password());
    expect(shown()).toEqual(before);
  });

  test('sees its own changes, and so does a reader inside of it', () => {
    const id = session.newId();
    session.write((transaction) => {
      transaction.putRecord({ id, kind: 'token', meta: 1 }, 'none');
      expect(transaction.record(id)?.meta).toBe(1);
      expect(session.record(id)?.meta).toBe(1);
      transaction.removeRecord(id);
      expect(transaction.records('token')).toEqual([]);
    });
  });

  test('keeps a secret, replaces it, or empties it', () => {
    const id = session.newId();
    const put = (meta: number, secret: 'same' | 'none' | Uint8Array) =>
      session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta }, secret));
    put(1, 'same');
    expect(session.withSecret(id, text)).toBeUndefined();
    put(2, value('two'));
    put(3, 'same');
    expect(session.withSecret(id, text)).toBe('two');
    put(4, 'none');
    expect(session.withSecret(id, text)).toBeUndefined();
  });

  test('does not keep what its caller changes afterwards', () => {
    const id = session.newId();
    const meta = { label: 'before' };
    const secret = value('secret');
    session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta }, secret));
    meta.label = 'after';
    secret.fill(0);
    expect(session.record(id)?.meta).toEqual({ label: 'before' });
    expect(session.withSecret(id, text)).toBe('secret');
  });

  test('cannot wait, be nested, or be used after its end', () => {
    expect(() => session.write(async () => 1)).toThrow(/cannot wait/);
    expect(() => session.write(() => session.write(() => 1))).toThrow(/within another/);
    const leaked = session.write((transaction) => transaction);
    expect(() => leaked.putJournal(session.newId(), {})).toThrow(/has ended/);
    expect(session.journal().size).toBe(0);
  });

  test('refuses what is too long, and holds what the contract allows', () => {
    const id = session.newId();
    const put = (meta: unknown, secret: Uint8Array) =>
      session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta }, secret));
    expect(outcomeOf(() => put('x'.repeat(2_000_000), value('')))).toBe('invalid-input');
    expect(outcomeOf(() => put({}, new Uint8Array(1_100_000)))).toBe('invalid-input');
    expect(session.record(id)).toBeUndefined();
    put({ note: '😀'.repeat(20_000) }, systemRandom.bytes(65_536));
    expect(session.withSecret(id, (bytes) => bytes.length)).toBe(65_536);
  });
});
