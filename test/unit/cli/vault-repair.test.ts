import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { DamageReport } from '../../../shared/contract/vault.ts';
import { cli } from '../../support/cli-world.ts';

const backup = { path: '/v/b.rondo', createdAt: '2026-11-25T20:00:00.000Z' };
const report: DamageReport = {
  damaged: [
    { id: 'a'.repeat(32), kind: 'record', reason: 'does not open', recordKind: 'token', remedy: 'from-backup', backup },
    { id: 'b'.repeat(32), kind: 'record', reason: 'does not open', remedy: 'set-aside' },
  ],
  proven: false,
};
const answers = {
  'vault.verify': () => ({ ok: false, records: 1, damaged: [{ id: 'x', kind: 'record', reason: 'r' } as const] }),
  'vault.damage': () => report,
  'vault.repair': () => ({ ...report, kept: '/v/kept' }),
};

test('without the word it does not even ask for the password', async () => {
  const run = await cli(['vault', 'repair', '--json'], { answers });
  expect(run.exitCode).toBe(9);
  expect(run.core.asked).toEqual([]);
});

test('a dry run says which record, from which backup, and what the whole command is', async () => {
  const run = await cli(['vault', 'repair', '--dry-run'], { answers });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/a{32} +token +does not open +from the backup of 2026-11-25 20:00:00/);
  expect(run.stdout).toMatch(/b{32} +record +does not open +set aside: no backup is known to have it/);
  expect(run.stdout).toContain('rondo vault repair --set-aside SET-ASIDE --confirm REPAIR');
  expect(run.acts.map(({ channel }) => channel)).toEqual(['vault.damage']);
});

test('a dry run does not say of an entry of the log which one is lost, it or the one before', async () => {
  const damaged = [{ id: 'log 3', kind: 'log', reason: 'is changed', remedy: 'set-aside' } as const];
  const run = await cli(['vault', 'repair', '--dry-run'], {
    answers: { ...answers, 'vault.damage': () => ({ ...report, damaged }) },
  });
  expect(run.stdout).toContain('set aside: the entry that stood here, or the one before it, is lost');
});

test('a dry run says which part of a record comes from where, and what is lost', async () => {
  const [first, second] = report.damaged;
  const damaged = [
    { ...first, only: 'description' } as const,
    { ...first, only: 'value' } as const,
    { ...second, only: 'value' } as const,
    { ...second, instead: 'from-backup', backup } as const,
    { ...second, instead: 'from-file' } as const,
  ] as DamageReport['damaged'];
  const run = await cli(['vault', 'repair', '--dry-run'], {
    answers: { ...answers, 'vault.damage': () => ({ ...report, damaged }) },
  });
  expect(run.stdout).toContain('its description from the backup of 2026-11-25 20:00:00');
  expect(run.stdout).toContain('its value from the backup of 2026-11-25 20:00:00');
  expect(run.stdout).toContain('its value set aside: no backup is known to have it');
  expect(run.stdout).toContain('set aside: goes on as in the backup of 2026-11-25 20:00:00');
  expect(run.stdout).toContain("set aside: goes on as an older form in the vault's own file");
});

test('a dry run says which backups a repair can take nothing from, and what they are good for', async () => {
  const run = await cli(['vault', 'repair', '--dry-run'], {
    answers: { ...answers, 'vault.damage': () => ({ ...report, beforeNewKeys: [backup] }) },
  });
  expect(run.stdout).toContain("1 backup from before the vault's keys were changed cannot give single parts");
  expect(run.stdout).toContain('rondo backup restore');
});

test('afterwards it says where the damaged file is', async () => {
  const run = await cli(['vault', 'repair', '--confirm', 'REPAIR'], { answers });
  expect(run.stdout).toContain('The damaged file is kept: /v/kept.');
});

test('verify points to it', async () => {
  const run = await cli(['vault', 'verify'], { answers });
  expect(run.exitCode).toBe(8);
  expect(run.stdout).toContain('`rondo vault repair --dry-run`');
});

test('whoever unlocks is told of files to which others have rights', async () => {
  const vault = { path: '/v', exists: true, locked: false, exposed: ['/v/vault.rondo'], narrowed: ['/v/rondo.log'] };
  const run = await cli(['vault', 'verify'], {
    answers: { ...answers, 'vault.unlock': () => ({ vault, damaged: [] }) },
  });
  expect(run.stderr).toContain('Others on this computer have rights to /v/vault.rondo');
  expect(run.stderr).toContain('Others on this computer had rights to /v/rondo.log; these were taken away now.');
});

test('carving asks for no open vault, and says what came back and that the file was not touched', async () => {
  const carved = { ...report, path: '/new/vault.rondo', records: 3, rotations: 1, entries: 9, orphans: 1 };
  const run = await cli(['vault', 'carve', '--into', 'new'], { answers: { 'vault.carve': () => carved } });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(
    /^Found 3 records, 1 open rotation and 9 of the activity\. They are in \/new\/vault\.rondo/,
  );
  expect(run.stdout).toContain('No manifest vouches for all of it');
  expect(run.stdout).toContain('1 value belonged to nothing');
  expect(run.stdout).toContain('The damaged file was not touched.');
  expect(run.core.asked).toMatchObject([
    { channel: 'vault.carve', input: { into: resolve('new'), password: expect.any(Uint8Array) } },
  ]);
});
