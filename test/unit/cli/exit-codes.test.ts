import { describe, expect, test } from 'vitest';
import { exitCodeOfParts } from '../../../main/cli/exit-codes.ts';
import { type ErrorCode, errorCodes } from '../../../shared/contract/error-codes.ts';
import { type Answers, cli, Refusal } from '../../support/cli-world.ts';
import { sampleRotation, tokenId } from '../../support/contract-samples.ts';

/** As the contract with scripts has them. */
const promised: Record<ErrorCode, number> = {
  internal: 1,
  usage: 2,
  'invalid-input': 2,
  'wrong-password': 3,
  locked: 3,
  'not-found': 4,
  ambiguous: 4,
  unauthorized: 5,
  forbidden: 5,
  refused: 5,
  unsupported: 5,
  network: 6,
  'rate-limited': 6,
  'server-error': 6,
  'needs-attention': 7,
  'rotation-open': 7,
  stopped: 7,
  'vault-damaged': 8,
  'vault-too-new': 8,
  'vault-busy': 8,
  storage: 8,
  'confirmation-required': 9,
};

describe('A failed call', () => {
  test.each(errorCodes)('%s becomes its exit code and an error document', async (code) => {
    const error = { code, message: 'It did not work. Nothing was lost.', hint: 'try it', details: { count: 2 } };
    const answers: Answers = { 'token.list': () => new Refusal(error) };
    const run = await cli(['token', 'list', '--json'], { answers });
    expect(run.exitCode).toBe(promised[code]);
    expect(JSON.parse(run.stdout)).toEqual({ error });
    expect(run.stderr).toBe('');
  });

  test('is told to a person on standard error, with its hint', async () => {
    const error = { code: 'network' as const, message: 'Not reached. Nothing was lost.', hint: 'repeat it' };
    const run = await cli(['sync'], { answers: { 'sync.run': () => new Refusal(error) } });
    expect(run.stderr).toBe('error: Not reached. Nothing was lost.\nhint: repeat it\n');
    expect(run.stdout).toBe('');
  });

  test('has no hint and no details in its document where there are none', async () => {
    const answers: Answers = { 'token.list': () => new Refusal({ code: 'locked', message: 'It is locked.' }) };
    const run = await cli(['token', 'list', '--json'], { answers });
    expect(run.stdout).toBe('{"error":{"code":"locked","message":"It is locked."}}\n');
  });

  test('by a bug of ours says a log id and nothing of the bug', async () => {
    const answers: Answers = {
      'token.list': () => {
        throw new Error('CCIPAT_secret');
      },
    };
    const run = await cli(['token', 'list', '--json'], { answers });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('abc123');
    expect(run.stdout + run.stderr).not.toContain('CCIPAT');
    expect(run.bugs).toHaveLength(1);
  });
});

test('An unconfirmed delete says how to confirm, and keeps what the core says of the consequences', async () => {
  const details = { lastOfProject: ['gh/acme/web'] };
  const refusal = new Refusal({
    code: 'confirmation-required',
    message: 'It is the last one.',
    hint: 'Type it',
    details,
  });
  const run = await cli(['token', 'delete', 'bbbbbb', '--json'], { answers: { 'token.delete': () => refusal } });
  expect(run.exitCode).toBe(9);
  expect(JSON.parse(run.stdout).error).toMatchObject({
    code: 'confirmation-required',
    message: 'It is the last one.',
    hint: expect.stringContaining('--confirm DELETE'),
    details,
  });
});

describe('Work in parts', () => {
  const error = (code: ErrorCode) => ({ code, message: 'No.' });

  test('exits with the first failed part, and 7 wins', () => {
    expect(exitCodeOfParts([])).toBe(0);
    expect(exitCodeOfParts(['network', 'forbidden'])).toBe(6);
    expect(exitCodeOfParts(['network', 'forbidden', 'rotation-open'])).toBe(7);
  });

  test('sync prints its report and exits with the code of what was not read', async () => {
    const failed = [{ what: 'gh/acme/web', error: error('forbidden') }];
    const sync = { accounts: 1, projects: 1, tokens: 0, added: 0, changed: 0, gone: 0, failed };
    const run = await cli(['sync', '--json'], { answers: { 'sync.run': () => ({ sync }) } });
    expect(JSON.parse(run.stdout)).toEqual({ sync });
    expect(run.exitCode).toBe(5);
  });

  test('token delete prints what was deleted and exits with the code of what was not', async () => {
    const document = { deleted: [tokenId], failed: [{ id: tokenId, error: error('server-error') }] };
    const run = await cli(['token', 'delete', 'bbbbbb', '--confirm', 'DELETE', '--json'], {
      answers: { 'token.delete': () => document },
    });
    expect(JSON.parse(run.stdout)).toEqual(document);
    expect(run.exitCode).toBe(6);
  });

  test.each([
    ['done', undefined, 0],
    ['planned', undefined, 0],
    ['waiting', undefined, 0],
    ['needs-attention', 'network', 7],
    ['failed', 'forbidden', 5],
    ['failed', 'network', 6],
  ] as const)('a rotation that is %s (%s) exits with %i', async (state, code, exitCode) => {
    const rotation = sampleRotation({ state, ...(code === undefined ? {} : { error: error(code) }) });
    const run = await cli(['rotate', 'bbbbbb', '--json'], {
      answers: { 'rotation.start': () => ({ rotations: [rotation] }) },
    });
    expect(run.exitCode).toBe(exitCode);
    expect(JSON.parse(run.stdout).rotations).toHaveLength(1);
  });

  test('a list of rotations is only a list: it exits with 0', async () => {
    const rotations = [sampleRotation({ state: 'needs-attention' })];
    const run = await cli(['rotation', 'list'], { answers: { 'rotation.list': () => ({ rotations }) } });
    expect(run.exitCode).toBe(0);
  });

  test.each([
    ['works', {}, 0],
    ['refused', {}, 0],
    ['not-checked', {}, 0],
    ['failed', {}, 0],
    ['failed', { error: 'network' }, 6],
    ['failed', { error: 'unauthorized' }, 5],
  ] as const)('a checked token that %s (%j) exits with %i: 0 where CircleCI answered', async (state, why, exitCode) => {
    const run = await cli(['token', 'check', '--json'], {
      answers: { 'token.check': () => ({ checks: [{ id: tokenId, state, ...why }] }) },
    });
    expect(run.exitCode).toBe(exitCode);
  });

  test('verify with findings prints the report and exits with 8', async () => {
    const report = { ok: false, records: 3, damaged: [{ id: 'x', kind: 'record' as const, reason: 'does not open' }] };
    const vault = await cli(['vault', 'verify', '--json'], { answers: { 'vault.verify': () => report } });
    expect(JSON.parse(vault.stdout)).toEqual(report);
    expect(vault.exitCode).toBe(8);
    const chain = { ok: false, entries: 5, brokenAt: 3 };
    const audit = await cli(['audit', 'verify', '--json'], { answers: { 'audit.verify': () => chain } });
    expect(JSON.parse(audit.stdout)).toEqual(chain);
    expect(audit.exitCode).toBe(8);
  });
});
