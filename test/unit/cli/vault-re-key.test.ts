import { expect, test } from 'vitest';
import { cli } from '../../support/cli-world.ts';

const vault = { path: '/v', exists: true, locked: true };
const answers = {
  'vault.ways': () => ({ recovery: true, keychain: true }),
  'vault.re-key': () => ({ vault, removed: ['keychain' as const] }),
};

test('says before which ways end, and does nothing without the word', async () => {
  const run = await cli(['vault', 're-key', '--json'], { answers });
  expect(run.exitCode).toBe(9);
  expect(run.stdout + run.stderr).toContain("The recovery code and the system's keychain would open the vault no more");
  expect(run.acts.map(({ channel }) => channel)).toEqual(['vault.ways']);
});

test('keeps the recovery code that it is given, and says afterwards which ways are gone', async () => {
  const files = { '/code': 'ABCDE-FGHJK\n' };
  const run = await cli(['vault', 're-key', '--keep-recovery-code', '/code', '--confirm', 'RE-KEY'], {
    answers,
    files,
  });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain("No way into it any more: the system's keychain.");
  expect(run.acts.at(-1)).toMatchObject({
    channel: 'vault.re-key',
    input: { confirm: 'RE-KEY', password: expect.any(Uint8Array), recoveryCode: expect.any(Uint8Array) },
  });
});
