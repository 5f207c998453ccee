// What is given as the token to sign in with, and what CircleCI says to tokens that no longer do: nothing is kept that
// does not work, and what was there before goes on working.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import type { SandboxToken } from '../../shared/contract/sandbox.ts';
import { personalValue } from '../support/circleci-client.ts';
import { type ConnectedCli, connectedCli } from '../support/connected-cli.ts';
import { expectRefused, sandboxState } from '../support/expect-refused.ts';

let cli: ConnectedCli;
beforeAll(async () => {
  cli = await connectedCli();
});
afterEach(() => cli.connected.faults({ clear: true }));
afterAll(() => cli[Symbol.asyncDispose]());

function there(wanted: Partial<SandboxToken>): SandboxToken {
  const found = cli.sandbox
    .tokens()
    .find((token) =>
      Object.entries(wanted).every(([key, value]) =>
        Object.entries(token).some(([name, own]) => name === key && own === value),
      ),
    );
  if (found === undefined) throw new Error(`the sandbox has no ${JSON.stringify(wanted)}`);
  return found;
}

function adding(value: string, code: ErrorCode, says: RegExp): Promise<object> {
  return expectRefused(cli, {
    arguments: ['account', 'add', '--host', cli.connected.between.url],
    options: { stdin: value },
    code,
    says,
    secrets: value.trim().length > 8 ? [value.trim().slice(0, 200)] : [],
  });
}

describe('A token that is none is refused before anything is sent', () => {
  test.each([
    ['nothing', '', /no token on standard input/],
    ['white space', ' \r\n\t\n', /no token in what was given/],
    ['empty quotes', '""\n', /no token in what was given/],
    ['a header without a value', 'Circle-Token:', /no token in what was given/],
    ['a word', 'hunter2-canary', /does not have the shape/],
    ['two words', 'canary-one canary-two', /one word/],
    ['two lines', `${personalValue}\n${personalValue}`, /one word/],
    ['a token with a control character inside', personalValue.replace('_', '\u0000'), /one word/],
    ['a token with an invisible mark behind', `${personalValue}\u200f`, /one word/],
    ['a token in look-alike letters', personalValue.replaceAll('C', 'С'), /one word/],
    ['a token of GitHub', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', /does not have the shape/],
    ['39 hex digits', 'a'.repeat(39), /does not have the shape/],
    ['the prefix alone', 'CCIPAT_', /does not have the shape/],
    ['100 000 characters', 'x'.repeat(100_000), /./],
    ['bytes that are no text', '\u{10ffff}\ufffd\ufffe', /one word/],
  ] as const)('%s', async (_name, value, says) => {
    const asked = cli.connected.between.asked.length;
    await adding(value, 'invalid-input', says);
    expect(cli.connected.between.asked.length).toBe(asked);
  });

  test('a project token, with a word on which kind is needed', async () => {
    const { value } = there({ kind: 'project', label: 'danger' });
    const asked = cli.connected.between.asked.length;
    const error = await adding(value, 'invalid-input', /project token: it belongs to one project and cannot sign in/);
    expect(error).toMatchObject({ hint: expect.stringContaining('Personal API Tokens') });
    expect(cli.connected.between.asked.length).toBe(asked);
  });
});

describe('A token that does not work on CircleCI', () => {
  const rows: readonly (readonly [string, () => string | Promise<string>])[] = [
    ['never existed', () => personalValue],
    ['has expired', () => there({ label: 'hackday' }).value],
    [
      'is a project token in the old format, which nobody can tell by its looks',
      () => there({ kind: 'project', label: 'status badge', project: 'gh/tidewater/web' }).value,
    ],
    ['has one letter in another case', () => personalValue.replace('BUfD', 'bUfD')],
    [
      'was revoked a moment ago',
      async () => {
        const { value, id } = there({ label: 'old-laptop' });
        await cli.connected.colleague('DELETE', `/api/v1/user/token/${id}`);
        return value;
      },
    ],
  ];

  test.each(rows)('because it %s is not kept', async (_name, find) => {
    await adding(await find(), 'unauthorized', /did not say whose token this is \(401/);
  });

  test('asks for patience while the rate limit lasts, and is not kept', async () => {
    cli.connected.between.twist = () => ({ status: 429, body: '{}', headers: { 'retry-after': '90' } });
    await adding(there({ label: 'rondo' }).value, 'rate-limited', /too many requests \(429\)/);
    cli.connected.between.twist = undefined;
  });
});

describe('An account whose token is dead', () => {
  async function deadAccount(): Promise<{ readonly vaultDir: string; revive(): void }> {
    const vaultDir = cli.copy();
    cli.connected.between.twist = (asked, ask) =>
      asked.value === cli.sandbox.personalToken ? { status: 401, body: '{"message":"You must log in first."}' } : ask();
    return {
      vaultDir,
      revive: () => {
        cli.connected.between.twist = undefined;
      },
    };
  }

  test('is told by every command that needs it, and nothing is lost', async () => {
    const { vaultDir, revive } = await deadAccount();
    const { account } = cli.connected;
    const [project = ''] = cli.sandbox.projects;
    const commands = [
      ['token', 'create', 'personal', '--account', account, '--label', 'one more'],
      ['token', 'create', 'project', '--project', project, '--scope', 'status', '--label', 'one more'],
    ];
    for (const arguments_ of commands) {
      await expectRefused(cli, {
        arguments: arguments_,
        options: { vaultDir },
        code: 'unauthorized',
        says: /401/,
        leaves: 'log',
      });
    }
    revive();
  });

  test('fails a sync, a delete and a rotation in their own documents, with the code of each part', async () => {
    const { vaultDir, revive } = await deadAccount();
    const before = sandboxState(cli);
    const sync = await cli.run(['sync', '--json'], { vaultDir });
    expect(sync.exitCode).toBe(5);
    expect(JSON.parse(sync.stdout).sync).toMatchObject({ gone: 0, failed: [{ error: { code: 'unauthorized' } }] });
    const deleted = await cli.run(['token', 'delete', cli.held.id, '--confirm', 'DELETE', '--json'], { vaultDir });
    expect(deleted.exitCode).toBe(5);
    expect(JSON.parse(deleted.stdout)).toMatchObject({
      deleted: [],
      failed: [{ id: cli.held.id, error: { code: 'unauthorized' } }],
    });
    const rotated = await cli.run(['rotate', cli.held.id, '--json'], { vaultDir });
    expect(rotated.exitCode).toBe(5);
    expect(JSON.parse(rotated.stdout).rotations).toMatchObject([{ state: 'failed', error: { code: 'unauthorized' } }]);
    const listed = await cli.run(['token', 'list', '--json'], { vaultDir });
    expect(JSON.parse(listed.stdout).tokens).toEqual(cli.tokens);
    expect(sandboxState(cli)).toEqual(before);
    revive();
    const again = await cli.run(['sync', '--json'], { vaultDir });
    expect(JSON.parse(again.stdout).sync).toMatchObject({ accounts: 1, added: 0 });
  });
});

describe('An account whose token may only read', () => {
  async function readingOnly(): Promise<string> {
    const vaultDir = cli.copy();
    const added = await cli.run(['account', 'add', '--host', cli.connected.between.url], {
      vaultDir,
      stdin: there({ label: 'editor-extension' }).value,
    });
    expect(added.exitCode).toBe(0);
    return vaultDir;
  }

  test('can read everything, and is told what it may not do; nothing is changed', async () => {
    const vaultDir = await readingOnly();
    const { sync } = JSON.parse((await cli.run(['sync', '--json'], { vaultDir })).stdout);
    expect(sync).toMatchObject({ accounts: 1, added: 0 });
    const { account } = cli.connected;
    const [project = ''] = cli.sandbox.projects;
    const commands = [
      ['token', 'create', 'personal', '--account', account, '--label', 'one more'],
      ['token', 'create', 'project', '--project', project, '--scope', 'admin', '--label', 'one more'],
    ];
    for (const arguments_ of commands) {
      await expectRefused(cli, {
        arguments: arguments_,
        options: { vaultDir },
        code: 'forbidden',
        says: /Permission denied/,
        leaves: 'log',
      });
    }
    const before = sandboxState(cli);
    const deleted = await cli.run(['token', 'delete', cli.held.id, '--confirm', 'DELETE', '--json'], { vaultDir });
    expect(deleted.exitCode).toBe(5);
    expect(JSON.parse(deleted.stdout)).toMatchObject({ deleted: [], failed: [{ error: { code: 'forbidden' } }] });
    const rotated = await cli.run(['rotate', cli.held.id, '--json'], { vaultDir });
    // Somebody who may can make the new one by hand: it waits for that, and says what was refused.
    expect(rotated.exitCode).toBe(0);
    expect(JSON.parse(rotated.stdout).rotations).toMatchObject([
      { state: 'waiting', guide: { act: 'create' }, error: { code: 'forbidden' } },
    ]);
    expect(sandboxState(cli)).toEqual(before);
  });
});

describe('CircleCI that does not answer as it should, while something is done', () => {
  const [web] = ['gh/tidewater/web'];
  const path = `/api/v1.1/project/${web}/token`;
  const create = ['token', 'create', 'project', '--project', web ?? '', '--scope', 'status', '--label', 'one more'];

  test.each([
    ['refuses the label', [`error=400@POST ${path}`], 'refused', /\(400/],
    ['breaks', [`error=503@POST ${path}`], 'network', /was lost|not reached|CircleCI lists no token of it/],
    ['has too many requests', [`error=429@POST ${path}`], 'rate-limited', /429/],
    ['knows no such project', [`error=404@POST ${path}`], 'not-found', /404/],
    ['drops the request', [`drop-before=POST ${path}`], 'network', /CircleCI lists no token of it/],
    ['makes the token and drops the answer', [`drop-after=POST ${path}`], 'network', /CircleCI lists no token of it/],
  ] as const)('a create: it %s', async (_name, faults, code, says) => {
    await cli.connected.faults({ add: [...faults], clear: true });
    await expectRefused(cli, { arguments: create, options: { vaultDir: cli.copy() }, code, says, leaves: 'log' });
  });

  test.each([
    ['breaks', `error=500@DELETE ${path}`, 6, 'server-error'],
    ['refuses', `error=403@DELETE ${path}`, 5, 'forbidden'],
    ['drops the request', `drop-before=DELETE ${path}`, 6, 'network'],
  ] as const)('a delete: it %s, and the token stays in both places', async (_name, fault, exitCode, code) => {
    await cli.connected.faults({ add: [fault], clear: true });
    const vaultDir = cli.copy();
    const before = sandboxState(cli);
    const ran = await cli.run(['token', 'delete', cli.held.id, '--confirm', 'DELETE', '--json'], { vaultDir });
    expect(ran.exitCode).toBe(exitCode);
    expect(JSON.parse(ran.stdout)).toMatchObject({ deleted: [], failed: [{ id: cli.held.id, error: { code } }] });
    expect(sandboxState(cli)).toEqual(before);
    const { tokens } = await cli.inventory(vaultDir);
    expect(tokens.find(({ id }) => id === cli.held.id)).toMatchObject({ state: 'active', hasValue: 'kept' });
  });

  test('without DELETE nothing is asked of it', async () => {
    for (const confirm of [[], ['--confirm', 'delete'], ['--confirm', 'DELETE '], ['--confirm', '']]) {
      const asked = cli.connected.between.asked.length;
      const arguments_ = ['token', 'delete', cli.held.id, ...confirm];
      await expectRefused(cli, { arguments: arguments_, code: 'confirmation-required', says: /Nothing was deleted/ });
      expect(cli.connected.between.asked.length).toBe(asked);
    }
  });
});
