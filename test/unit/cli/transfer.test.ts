import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExportReport, ImportReport } from '../../../shared/contract/transfer.ts';
import { cli } from '../../support/cli-world.ts';

const exported: ExportReport = {
  path: '/e',
  createdAt: '2026-11-25T20:00:00.000Z',
  encrypted: true,
  records: { account: 1, token: 12 },
  values: 3,
  leftOut: { sealedValues: 2, openRotations: 1, unreadable: 0 },
};
const imported: ImportReport = {
  path: '/e',
  exportedAt: '2026-11-25T20:00:00.000Z',
  ownVault: false,
  dryRun: false,
  counts: { add: 1, change: 1, skip: 1 },
  records: [
    { id: 'a'.repeat(32), kind: 'account', act: 'change', valueStays: true },
    { id: 'b'.repeat(32), kind: 'token', act: 'add' },
    { id: 'c'.repeat(32), kind: 'token', act: 'skip', reason: 'older' },
  ],
};
const answers = {
  'transfer.export': () => ({ export: exported }),
  'transfer.export-plain': () => ({ export: { ...exported, encrypted: false } }),
  'transfer.import': ({ dryRun }: { dryRun: boolean }) => ({ import: { ...imported, dryRun } }),
};
const files = { '/export-password': 'for the way\nnot this' };
const passwordFile = ['--export-password-file', '/export-password'];
const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const given = ({ exportPassword }: { exportPassword?: Uint8Array }) => exportPassword && new Uint8Array(exportPassword);

describe('export', () => {
  test('takes its own password from a file, and prints the report', async () => {
    const run = await cli(['export', 'mine', ...passwordFile, '--json'], { answers, files });
    expect(JSON.parse(run.stdout)).toEqual({ export: exported });
    expect(run.acts).toMatchObject([{ channel: 'transfer.export', input: { path: resolve('mine') } }]);
    expect(given(Object(run.acts[0]?.input))).toEqual(bytes('for the way'));
  });

  test('asks twice for its password at a terminal', async () => {
    const run = await cli(['export', 'mine'], { answers, typed: ['one', 'one'] });
    expect(run.exitCode).toBe(0);
    expect(given(Object(run.acts[0]?.input))).toEqual(bytes('one'));
    expect(run.stderr).toContain('Password for the export: ');
    expect(run.stdout).toMatch(/1 account, 12 tokens; with 3 values/);
    expect(run.stdout).toMatch(/2 values held only until taken[\s\S]*1 rotation under way/);
    const differing = await cli(['export', 'mine', '--json'], { answers, typed: ['one', 'two'] });
    expect([differing.exitCode, differing.acts]).toEqual([2, []]);
    const nobody = await cli(['export', 'mine'], { answers });
    expect(nobody.exitCode).toBe(2);
    expect(nobody.stderr).toContain('--export-password-file FILE');
  });

  test('in the clear wants the word before it opens anything, and no password', async () => {
    const without = await cli(['export', 'mine', '--plain', '--json'], { answers });
    expect([without.exitCode, without.core.asked]).toEqual([9, []]);
    const both = await cli(['export', 'mine', '--plain', '--confirm', 'PLAIN', ...passwordFile], { answers, files });
    expect([both.exitCode, both.core.asked]).toEqual([2, []]);
    const run = await cli(['export', 'mine', '--plain', '--confirm', 'PLAIN'], { answers });
    expect(run.acts).toEqual([
      { channel: 'transfer.export-plain', input: { path: resolve('mine'), confirm: 'PLAIN' } },
    ]);
    expect(run.stdout).toContain('NOT encrypted');
  });

  test('of a damaged vault prints what was done, and exits as damaged', async () => {
    const leftOut = { ...exported.leftOut, unreadable: 4 };
    const partly = { 'transfer.export': () => ({ export: { ...exported, leftOut } }) };
    const run = await cli(['export', 'mine', ...passwordFile, '--json'], { answers: partly, files });
    expect(run.exitCode).toBe(8);
    expect(JSON.parse(run.stdout).export.leftOut.unreadable).toBe(4);
  });
});

describe('import', () => {
  test('prints the counts and the rows, and the same for a dry run', async () => {
    const run = await cli(['import', 'mine', ...passwordFile, '--json'], { answers, files });
    expect(JSON.parse(run.stdout)).toEqual({ import: imported });
    expect(run.acts).toMatchObject([{ input: { path: resolve('mine'), dryRun: false } }]);
    const dry = await cli(['import', 'mine', '--dry-run', ...passwordFile, '--json'], { answers, files });
    expect(JSON.parse(dry.stdout)).toEqual({ import: { ...imported, dryRun: true } });
  });

  test('tells a person what was skipped and why', async () => {
    const run = await cli(['import', 'mine'], { answers, typed: ['for the way'] });
    expect(run.stdout).toContain('Added 1, changed 1 and skipped 1 records');
    expect(run.stdout).toMatch(/token +1 +skipped: newer here/);
    expect(run.stdout).toContain('keeps its own value of 1 record');
    const dry = await cli(['import', 'mine', '--dry-run'], { answers, typed: ['for the way'] });
    expect(dry.stdout).toContain('An import would add 1, change 1 and skip 1 records');
    expect(dry.stdout).toContain('Nothing was changed');
  });
});
