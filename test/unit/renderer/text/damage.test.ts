import { expect, test } from 'vitest';
import { damageText } from '../../../../renderer/text/damage.ts';
import type { DamagedPart } from '../../../../shared/contract/vault.ts';

const token: DamagedPart = { id: 'a'.repeat(32), kind: 'record', reason: 'does not open', remedy: 'set-aside' };
const mark: DamagedPart = { id: 'vault.rondo.mark', kind: 'file', reason: 'is at 3 and was at 9', remedy: 'accepted' };
const copy: DamagedPart = { id: 'header_a', kind: 'header', reason: 'is damaged', remedy: 'made-anew' };
const header: DamagedPart = { ...copy, id: 'header', remedy: 'accepted' };

test('it says that Rondo writes nothing exactly where that is so', () => {
  const about = (...parts: DamagedPart[]) => damageText.foundAbout(parts);
  expect(about(mark, copy)).toContain('Rondo goes on as before');
  for (const parts of [[token], [mark, token], [header]]) expect(about(...parts)).toContain('Rondo writes nothing');
});

test('an older copy is called that, and parts are counted', () => {
  expect(damageText.found([mark])).toBe('An older copy of the vault was put in its place.');
  expect(damageText.found([mark, token])).toBe('2 parts of the vault could not be read as it should be.');
});

test('a part is named by what it is and what becomes of it', () => {
  expect(damageText.part({ ...token, recordKind: 'token' })).toBe('Token');
  expect(damageText.part(token)).toBe('Entry');
  expect(damageText.id(token)).toHaveLength(12);
  expect(damageText.id(mark)).toBe('vault.rondo.mark');
  expect(damageText.line(token)).toBe('does not open; no backup is known to have it: the vault goes on without it.');
});

test('of an entry of the activity that does not follow it does not say which of the two is lost', () => {
  expect(damageText.line({ id: 'log 3', kind: 'log', reason: 'is changed', remedy: 'set-aside' })).toBe(
    'is changed; no backup is known to have the entry that stood here, or the one before it: it is lost.',
  );
});

test('of a record of which one part is damaged it says which comes from where, and what is lost', () => {
  const backup = { path: '/v/b.rondo', createdAt: '2026-11-25T20:00:00.000Z' };
  const line = (part: Partial<DamagedPart>) => damageText.line({ ...token, ...part });
  const from = { remedy: 'from-backup', backup } as const;
  expect(line(from)).toMatch(/^does not open; comes back from the backup of .+\.$/);
  expect(line({ ...from, only: 'description' })).toMatch(
    /^does not open; its description comes back from the backup of .+, its value is as it was\.$/,
  );
  expect(line({ ...from, only: 'value' })).toMatch(
    /; its value comes back from the backup of .+, all else is as it was/,
  );
  expect(line({ remedy: 'from-file', only: 'description' })).toBe(
    "does not open; its description was found in the vault's own file, its value is as it was.",
  );
  expect(line({ only: 'value' })).toBe(
    'does not open; no backup is known to have it: the vault goes on without it, all else is as it was.',
  );
  expect(line({ instead: 'from-backup', backup })).toMatch(
    /^does not open; no backup is known to have it as it last was: it goes on as in the backup of .+\.$/,
  );
  expect(line({ instead: 'from-file' })).toBe(
    "does not open; no backup is known to have it as it last was: it goes on as an older form that was found in the vault's own file.",
  );
});
