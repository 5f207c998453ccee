import { describe, expect, test } from 'vitest';
import { type Answers, cli } from '../../support/cli-world.ts';
import {
  newTokenId,
  rotationId,
  sampleEntry,
  sampleRotation,
  sampleToken,
  tokenId,
} from '../../support/contract-samples.ts';

const tokens = { tokens: [sampleToken()] };
const rotations = { rotations: [sampleRotation()] };

describe('What a person sees', () => {
  test('after a rotation: the proofs and how to take the new value', async () => {
    const run = await cli(['rotate', 'bbbbbb'], { answers: { 'rotation.start': () => rotations } });
    expect(run.stdout).toContain('the new token works: asked GET /x, answered 200');
    expect(run.stdout).toContain(`rondo token take ${newTokenId.slice(0, 8)}`);
  });

  test.each([
    ['an incident by a date', 'incident --created-before 2026-11-01 --dry-run'],
    ['a rotation by an age', 'rotate --older-than 90d --dry-run'],
  ])('before %s: of how many CircleCI does not tell how old they are', async (_what, typed) => {
    const item = { token: sampleToken(), mode: 'cut-over' as const, dangers: [], stops: '', untoldAge: true as const };
    const answers: Answers = {
      'job.preview': () => ({ items: [item] }),
      'rotation.start': () => rotations,
      'token.list': () => ({ tokens: [] }),
    };
    const run = await cli(typed.split(' '), { answers });
    expect(run.stdout).toContain('1 token whose age CircleCI does not tell is among them.');
  });

  test.each([
    ['refused where CircleCI does not tell the age', [], 2, [{ dryRun: true }]],
    ['begun where it tells it', tokens.tokens, 0, [{ dryRun: true }, { dryRun: false }]],
  ])('a cut-over by an age, %s', async (_what, old, exitCode, starts) => {
    const answers: Answers = { 'rotation.start': () => rotations, 'token.list': () => ({ tokens: old }) };
    const run = await cli(['rotate', '--older-than', '90d', '--mode', 'cut-over'], { answers });
    expect(run.exitCode).toBe(exitCode);
    const words = '1 token whose age CircleCI does not tell is among them. Nothing was done.';
    expect(run.stderr.includes(words)).toBe(exitCode !== 0);
    const begun = run.acts.filter(({ channel }) => channel === 'rotation.start').map(({ input }) => input);
    expect(begun).toMatchObject(starts);
  });

  test('before a rotation by an age nothing of ages that are told', async () => {
    const run = await cli(['rotate', '--older-than', '90d', '--dry-run'], {
      answers: { 'rotation.start': () => rotations, 'token.list': () => tokens },
    });
    expect(run.stdout).not.toContain('does not tell');
  });

  test('for a rotation that needs attention: the step that failed and what to do', async () => {
    const open = sampleRotation({
      state: 'needs-attention',
      steps: [{ name: 'create', state: 'failed', detail: 'two new tokens' }],
    });
    const run = await cli(['rotate', 'bbbbbb'], { answers: { 'rotation.start': () => ({ rotations: [open] }) } });
    expect(run.stdout).toContain('two new tokens');
    expect(run.stdout).toContain(`rondo rotation resume ${rotationId.slice(0, 8)}`);
    expect(run.exitCode).toBe(7);
  });

  test('control and direction characters of a label as visible escapes, in tables and in JSON', async () => {
    const answers: Answers = { 'token.list': () => ({ tokens: [sampleToken({ label: 'a\u202eb\u0007c\u009bd' })] }) };
    const table = await cli(['token', 'list'], { answers });
    expect(table.stdout).toContain('a\\u202eb\\u0007c\\u009bd');
    const document = await cli(['token', 'list', '--json'], { answers });
    for (const raw of ['\u202e', '\u009b', '\u0007']) expect(document.stdout).not.toContain(raw);
    expect(JSON.parse(document.stdout).tokens[0].label).toBe('a\u202eb\u0007c\u009bd');
  });

  test('no colour in a pipe, colour on a terminal, none with --no-color or NO_COLOR', async () => {
    const answers: Answers = { 'token.list': () => ({ tokens: [sampleToken({ state: 'leaked' })] }) };
    const escapeCode = '\u001b[';
    const terminal = { answers, stdoutIsTerminal: true };
    expect((await cli(['token', 'list'], { answers })).stdout).not.toContain(escapeCode);
    expect((await cli(['token', 'list'], terminal)).stdout).toContain(escapeCode);
    expect((await cli(['token', 'list', '--no-color'], terminal)).stdout).not.toContain(escapeCode);
    const environment = { RONDO_PASSWORD_FILE: '/pw', NO_COLOR: '1' };
    expect((await cli(['token', 'list'], { ...terminal, environment })).stdout).not.toContain(escapeCode);
  });

  test('a table that fits the terminal', async () => {
    const answers: Answers = { 'token.list': () => ({ tokens: [sampleToken({ label: 'é日本語🙂'.repeat(30) })] }) };
    const run = await cli(['token', 'list', '--no-color'], { answers, stdoutIsTerminal: true, columns: 90 });
    const row = run.stdout.split('\n')[1] ?? '';
    expect(row).toContain('…');
    expect(row).toContain('2026-01-02');
    expect([...row].length).toBeLessThan(90);
  });

  test('the log of acts as CSV', async () => {
    const entry = sampleEntry({ detail: 'a, "b"' });
    const run = await cli(['audit', '--format', 'csv'], { answers: { 'audit.list': () => ({ entries: [entry] }) } });
    expect(run.stdout.split('\n').slice(0, 2)).toEqual([
      'at,actor,action,subject,outcome,detail,hash',
      `${entry.at},command line,token.create,${tokenId},ok,"a, ""b""",${entry.hash}`,
    ]);
  });

  test('a warning about damaged parts, and the answer all the same', async () => {
    const damaged = [{ id: 'x', kind: 'record' as const, reason: 'does not open' }];
    const vault = { path: '/v', exists: true, format: 1, locked: false };
    const run = await cli(['token', 'list'], {
      answers: { 'vault.unlock': () => ({ vault, damaged }), 'token.list': () => tokens },
    });
    expect(run.stderr).toContain('warning: 1 part');
    expect(run.stdout).toContain('deploy');
    expect(run.exitCode).toBe(0);
  });
});
