import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import { emptyHead, openEntry, readChain, sealEntry } from '../../../main/vault/audit-chain.ts';
import type { LogEntry } from '../../../main/vault/vault.ts';
import { type Sealing, sealing } from '../../support/sealing.ts';

let keys: Sealing;
beforeAll(async () => {
  keys = await sealing({ vaultKey: systemRandom.bytes(32), vaultId: systemRandom.bytes(16), epoch: 1 });
});
afterAll(() => keys.dispose());

function flipped(original: Uint8Array): Uint8Array {
  const copy = new Uint8Array(original);
  copy[99] = (copy[99] ?? 0) ^ 1;
  return copy;
}

describe('the audit chain', () => {
  const entries = (count: number): LogEntry[] =>
    Array.from({ length: count }, (_, index) => ({
      at: '2026-11-23T00:00:00.000Z',
      actor: 'test',
      action: `act ${index}`,
      outcome: 'ok',
    }));

  function chain(logged: readonly LogEntry[]) {
    let previous = emptyHead;
    const rows = logged.map((entry, index) => {
      const sealed = sealEntry(keys, { number: index + 1, previous, sequence: 1 }, entry);
      previous = new Uint8Array(sealed.hash);
      return [index + 1, sealed.blob] as const;
    });
    return { rows, end: { logCount: logged.length, logHead: previous } };
  }

  test('names the entry that was changed, and reads on behind it', () => {
    const { rows, end } = chain(entries(9));
    const changed = rows.map(([number, blob]) => [number, number === 4 ? flipped(blob) : blob] as const);
    const read = readChain(keys, changed, end);
    expect(read.broken).toEqual([4]);
    expect(read.entries.map(({ action }) => action)).toEqual([
      'act 0',
      'act 1',
      'act 2',
      ...[4, 5, 6, 7, 8].map((n) => `act ${n}`),
    ]);
  });

  test('names what is missing at the start, in the middle and at the end', () => {
    const { rows, end } = chain(entries(5));
    const without = (missing: number) => rows.filter(([number]) => number !== missing);
    for (const missing of [1, 3, 5])
      expect(readChain(keys, without(missing), end).broken, `${missing}`).toEqual([missing]);
    expect(readChain(keys, [], end).broken).toEqual([1]);
    expect(readChain(keys, rows, end).broken).toEqual([]);
  });

  test('notices an end that was replaced by another history', () => {
    const { rows, end } = chain(entries(3));
    const other = chain([...entries(2), { ...entries(1)[0], action: 'something else' } as LogEntry]);
    expect(readChain(keys, [...rows.slice(0, 2), ...other.rows.slice(2)], end).broken).toEqual([3]);
  });

  test('notices an entry in the middle that was replaced by one of ours', () => {
    const { rows, end } = chain(entries(4));
    const changed = entries(4).map((entry, index) => (index === 1 ? { ...entry, action: 'something else' } : entry));
    const mixed = [...rows.slice(0, 1), ...chain(changed).rows.slice(1, 2), ...rows.slice(2)];
    expect(readChain(keys, mixed, end).broken).toEqual([3]);
  });

  test('cuts a detail that does not fit its bucket, at a whole character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }), (detail) => {
        const [entry] = entries(1);
        if (entry === undefined) return;
        const { blob } = sealEntry(keys, { number: 1, previous: emptyHead, sequence: 1 }, { ...entry, detail });
        const logged = openEntry(keys, 1, blob)?.entry.detail ?? '';
        expect(blob.length).toBe(50 + 512 + 16);
        if (logged !== detail) expect(detail.startsWith(logged.slice(0, -1)) && logged.endsWith('…')).toBe(true);
      }),
    );
  });
});
