import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backupName, instantOf, superfluous } from '../../../main/backup/backup-names.ts';

test('a name says when, in a form that every system takes', () => {
  const name = backupName(Date.parse('2026-11-25T20:09:01.002Z'));
  expect(name).toBe('2026-11-25T20-09-01.002Z.rondo');
  expect(instantOf(name)).toBe('2026-11-25T20:09:01.002Z');
  for (const other of ['notes.txt', `${name}.new`, name.replace('11-25', '13-45'), `x${name}`])
    expect(instantOf(other), other).toBeUndefined();
});

test('what stays are the newest of seven days and of four weeks', () => {
  // One each day at noon for sixty days, from a Wednesday backwards, and one more on the last day.
  const days = Array.from({ length: 60 }, (_, index) =>
    new Date(Date.parse('2026-11-25T12:00:00.000Z') - index * 86_400_000).toISOString(),
  );
  const go = new Set(superfluous([...days, '2026-11-25T09:00:00.000Z']));
  expect(days.filter((day) => !go.has(day)).map((day) => day.slice(0, 10))).toEqual([
    '2026-11-25',
    '2026-11-24',
    '2026-11-23',
    // Sundays end their weeks.
    '2026-11-22',
    '2026-11-21',
    '2026-11-20',
    '2026-11-19',
    '2026-11-15',
    '2026-11-08',
  ]);
  expect(go.has('2026-11-25T09:00:00.000Z')).toBe(true);
});

test('the newest always stays, and no more than eleven do', () => {
  const moment = fc.integer({ min: 0, max: 4_000 }).map((hours) => new Date(hours * 3_600_000).toISOString());
  fc.assert(
    fc.property(fc.uniqueArray(moment, { minLength: 1, maxLength: 60 }), (instants) => {
      const go = new Set(superfluous(instants));
      const stay = instants.filter((instant) => !go.has(instant));
      expect(stay.length).toBeLessThanOrEqual(11);
      expect(stay).toContain(instants.toSorted().at(-1));
      // Whoever looks again finds nothing more to remove.
      expect(superfluous(stay)).toEqual([]);
    }),
  );
});
