// What CircleCI itself may hold: labels, logins, names and scopes that nobody would choose. They are shown to a person so
// that a terminal acts on none of it, and to a script exactly as they are.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Token } from '../../shared/contract/token.ts';
import { personalValue } from '../support/circleci-client.ts';
import { type ConnectedCli, connectedCli, type Ran } from '../support/connected-cli.ts';
import { expectRefused } from '../support/expect-refused.ts';
import { json, type Script, type ScriptedHost, scriptedHost, signedInUser } from '../support/scripted-host.ts';

/** What makes a terminal act, or a label look like another. */
const dangerous = /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const labels: readonly string[] = [
  'deploy\u202etob',
  '\u200f\u2067שלום\u2069',
  '👩🏽‍🚀 🚀 e\u0301',
  '\u001b[2J\u001b]0;owned\u0007',
  'a\r\nerror: b\u0000\u009b31m\u2028',
  '__proto__',
  'constructor',
  'half \ud83d',
  'x'.repeat(10_000),
  ' spaces around ',
  '"; DROP TABLE token; --',
];
const login = 'ada\u001b[31m\u202e';
const slug = 'gh/acme/web';

const answers: Script = ({ method, path }, response) => {
  const route = `${method} ${path.split('?')[0]}`;
  const rows = labels.map((label, index) => ({
    id: `id-${index}`,
    label,
    token: null,
    time: '2026-01-02T03:04:05.678Z',
  }));
  switch (route) {
    case 'GET /api/v2/me':
      return json(response, 200, { ...signedInUser, login });
    case 'GET /api/v1.1/projects':
      return json(response, 200, [
        { vcs_url: 'https://github.com/acme/web', reponame: 'we\u202eb\u001b[1m', followed: true },
      ]);
    case 'GET /api/v1/user/token':
      return json(response, 200, rows);
    case `GET /api/v1.1/project/${slug}/token`:
      return json(response, 200, [
        { id: 'odd-scope', label: 'from later', scope: 'trigger-builds', token: null },
        { id: 'odder-scope', label: 'from much later', scope: '\u202e\u001b[1mall', token: null },
        { id: 'proto-scope', label: 'of an object', scope: '__proto__', token: null },
        { id: 'no-label', label: null, scope: 'all', token: null },
        { id: 'no-scope', label: 'without a scope', token: 'xxxx12ab' },
        { id: 'strange-dates', label: 'strange dates', scope: 'status', time: 'yesterday', expires_at: 1e300 },
      ]);
    default:
      return json(response, 404, { message: 'Not found' });
  }
};

let cli: ConnectedCli;
let host: ScriptedHost;
let vaultDir: string;
const told: Ran[] = [];

async function run(...arguments_: readonly string[]): Promise<Ran> {
  const ran = await cli.run(arguments_, { vaultDir, stdin: personalValue });
  told.push(ran);
  return ran;
}

beforeAll(async () => {
  cli = await connectedCli();
  host = await scriptedHost(answers);
  vaultDir = join(cli.folder.path, 'of the scripted host');
  mkdirSync(vaultDir);
  for (const words of [['vault', 'create'], ['account', 'add', '--host', host.origin], ['sync']]) {
    expect(await run(...words)).toMatchObject({ exitCode: 0, bugs: [] });
  }
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await cli[Symbol.asyncDispose]();
});

async function tokens(...filter: readonly string[]): Promise<readonly Token[]> {
  return JSON.parse((await run('token', 'list', ...filter, '--json')).stdout).tokens;
}

describe('What CircleCI lists', () => {
  test('comes out of JSON exactly as CircleCI has it', async () => {
    const listed = await tokens('--kind', 'personal');
    expect(listed.map(({ label }) => label).sort()).toEqual([...labels].sort());
    const { accounts } = JSON.parse((await run('account', 'list', '--json')).stdout);
    expect(accounts).toMatchObject([{ login }]);
  });

  test('with a scope that nobody knows is shown with that scope', async () => {
    const scopes = (await tokens('--kind', 'project')).map(({ remoteId, scope }) => [remoteId, scope]);
    expect(Object.fromEntries(scopes)).toEqual({
      'odd-scope': 'trigger-builds',
      'odder-scope': '\u202e\u001b[1mall',
      'proto-scope': '__proto__',
      'no-label': 'admin',
      'no-scope': undefined,
      'strange-dates': 'status',
    });
    expect((await tokens('--scope', 'trigger-builds')).map(({ label }) => label)).toEqual(['from later']);
    expect((await run('token', 'list')).stdout).toContain('trigger-builds');
  });

  test('without a label or a readable date is shown without it', async () => {
    const listed = await tokens('--kind', 'project');
    expect(listed.find(({ remoteId }) => remoteId === 'no-label')).toMatchObject({ label: '', scope: 'admin' });
    const strange = listed.find(({ remoteId }) => remoteId === 'strange-dates');
    expect([strange?.createdAt, strange?.expiresAt]).toEqual([undefined, undefined]);
  });

  test('is printed so that a terminal acts on none of it, by every command', async () => {
    const [first] = await tokens('--search', 'deploy');
    const id = first?.id ?? '';
    await run('token', 'list');
    await run('token', 'list', '--json');
    for (const token of await tokens()) await run('token', 'show', token.id);
    await run('token', 'show', id, '--json');
    await run('token', 'edit', id, '--owner', 'o\u202ewner\u001b[1m', '--note', 'one\ntwo\u0007', '--tag', '\u2066tag');
    await run('token', 'check', id);
    await run('account', 'list');
    await run('account', 'add', '--host', host.origin);
    await run('project', 'list');
    await run('rotate', id, '--dry-run');
    await run('rotate', id);
    await run('rotation', 'list');
    await run('token', 'delete', id);
    await run('token', 'delete', id, '--confirm', 'DELETE');
    await run('audit');
    await run('audit', '--format', 'csv');
    await run('audit', '--format', 'json');
    await run('sync');
    const [account] = JSON.parse((await run('account', 'list', '--json')).stdout).accounts;
    await run('account', 'remove', account.id);
    await run('token', 'list', '--account', account.id);
    const odd = join(cli.folder.path, 'a\u001b[1m\u202efolder');
    for (const words of [['status'], ['create'], ['status'], ['create']]) await run('vault', ...words, '--vault', odd);
    await run('token', 'list', '--vault', `${odd} not there`);
    await run('sync', '--account', account.id);
    expect(told.flatMap(({ bugs }) => bugs)).toEqual([]);
    expect(told.length).toBeGreaterThan(40);
    for (const { stdout, stderr } of told) expect(stdout + stderr).not.toMatch(dangerous);
    expect(told.some(({ stdout }) => stdout.includes('deploy\\u202etob'))).toBe(true);
    for (const { stdout } of told) for (const line of stdout.split('\n')) expect(line).not.toMatch(/^error: b/);
  });
});

test('A label that Rondo would not choose is kept when its token is rotated', async () => {
  const [web = ''] = cli.sandbox.projects;
  const label = 'old\u202ebot';
  await cli.connected.colleague('POST', `/api/v1.1/project/${web}/token`, { label, scope: 'view-builds' });
  const own = cli.copy();
  await cli.run(['sync'], { vaultDir: own });
  const { tokens: before } = JSON.parse((await cli.run(['token', 'list', '--json'], { vaultDir: own })).stdout);
  const id = before.find((token: Token) => token.label === label).id;
  const rotated = await cli.run(['rotate', id, '--json'], { vaultDir: own });
  expect(rotated.exitCode).toBe(0);
  expect(cli.sandbox.tokens().filter((token) => token.label === label)).toHaveLength(1);
});

describe('Two tokens whose ids begin alike', () => {
  /** Every id of the records that are made begins with the same four bytes. */
  const alike = (length: number) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    if (length === 16) bytes.set([0xab, 0xcd, 0xef, 0x01]);
    return bytes;
  };

  test('are told apart by a longer prefix; with a short one nothing is done and both are named', async () => {
    await using own = await connectedCli({ random: { bytes: alike } });
    expect(own.tokens.length).toBeGreaterThan(2);
    const calls = [
      ['token', 'show', 'abcdef'],
      ['token', 'take', 'abcdef'],
      ['token', 'edit', 'ABCDEF01', '--owner', 'x'],
      ['token', 'delete', 'abcdef', '--confirm', 'DELETE'],
      ['token', 'check', 'abcdef01'],
      ['rotate', 'abcdef'],
      ['audit', '--token', 'abcdef'],
    ];
    for (const arguments_ of calls) {
      const error = await expectRefused(own, {
        arguments: arguments_,
        code: 'ambiguous',
        says: /tokens have an id that starts with abcdef/,
      });
      expect(error).toMatchObject({ details: { ids: expect.arrayContaining(own.tokens.map(({ id }) => id)) } });
    }
    const whole = await own.run(['token', 'show', own.held.id, '--json']);
    expect(JSON.parse(whole.stdout).token).toEqual(own.held);
  });
});
