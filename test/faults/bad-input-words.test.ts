// Words that a person types: labels, slugs, durations, scopes, ids. Refused before anything is sent, by a message that
// says what is wrong and does not repeat the word: it may be a token in the wrong place.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import { type ConnectedCli, connectedCli } from '../support/connected-cli.ts';
import { unknownId } from '../support/every-command.ts';
import { expectRefused } from '../support/expect-refused.ts';

let cli: ConnectedCli;
let accountId: string;
beforeAll(async () => {
  cli = await connectedCli({ keepOpen: true });
  accountId = cli.connected.account;
});
afterAll(() => cli[Symbol.asyncDispose]());

const web = 'gh/tidewater/web';
const project = (...more: readonly string[]) => ['token', 'create', 'project', ...more];

async function refusedUnasked(arguments_: readonly string[], code: ErrorCode, says: RegExp): Promise<object> {
  const asked = cli.connected.between.asked.length;
  const error = await expectRefused(cli, { arguments: arguments_, code, says });
  expect(cli.connected.between.asked.length, 'CircleCI was not asked').toBe(asked);
  return error;
}

const badLabels: readonly (readonly [string, string, RegExp])[] = [
  ['empty', '', /at least one visible character/],
  ['spaces only', ' \t\u00a0\u2003 ', /at least one visible character|control/],
  ['invisible only', '\u200b\u2060\ufeff', /at least one visible character/],
  ['10 000 characters', 'x'.repeat(10_000), /at most 1000 characters/],
  ['1 001 emoji', '🚀'.repeat(1_001), /at most 1000 characters/],
  ['a line break', 'deploy\nbot', /control or direction/],
  ['a null character', 'deploy\u0000bot', /control or direction/],
  ['terminal codes', '\u001b[2Jdeploy', /control or direction/],
  ['a C1 control character', 'deploy\u009b2Jbot', /control or direction/],
  ['a line separator', 'deploy\u2028bot', /control or direction/],
  ['a right-to-left override', 'deploy\u202etob', /control or direction/],
  ['a right-to-left mark', '\u200fdeploy', /control or direction/],
  ['an isolate', '\u2066deploy\u2069', /control or direction/],
  ['half an emoji', 'deploy \ud83d', /control or direction|half/],
];

describe('A label', () => {
  test.each(badLabels)('that is or holds %s is refused wherever one is given', async (_name, label, says) => {
    await refusedUnasked(
      ['token', 'create', 'personal', '--account', accountId, `--label=${label}`],
      'invalid-input',
      says,
    );
    await refusedUnasked(project('--project', web, '--scope', 'status', `--label=${label}`), 'invalid-input', says);
    await refusedUnasked(['rotate', cli.held.id, `--label=${label}`], 'invalid-input', says);
    const add = ['account', 'add', '--host', cli.connected.between.url, `--name=${label}`];
    const options = { stdin: cli.sandbox.personalToken };
    await expectRefused(cli, { arguments: add, options, code: 'invalid-input', says });
  });

  test.each([
    ['emoji, also joined ones', 'deploy 🚀 👩🏽‍🚀'],
    ['Hebrew and Arabic letters', 'פריסה نشر'],
    ['1 000 characters beyond the first plane', '𝔻'.repeat(1_000)],
    ['what a shell, HTML, SQL and CSV read', `"; $(id) <b> ' -- =1+1,`],
    ['the name of a field that objects have already', '__proto__'],
  ])('with %s is kept as it is, there and here', async (_name, label) => {
    const vaultDir = cli.copy();
    const arguments_ = project('--project', web, '--scope', 'status', `--label=${label}`, '--json');
    const ran = await cli.run(arguments_, { vaultDir });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const { token } = JSON.parse(ran.stdout);
    expect(token.label).toBe(label);
    expect(cli.sandbox.tokens().find(({ id }) => id === token.remoteId)?.label).toBe(label);
    const listed = await cli.run(['token', 'list', '--json'], { vaultDir });
    expect(JSON.parse(listed.stdout).tokens).toContainEqual(token);
  });
});

describe('A slug', () => {
  const slugs: readonly (readonly [string, string])[] = [
    ['a space', 'gh/tide water/web'],
    ['a slash too many', 'gh/tidewater/web/x'],
    ['a slash too few', 'gh/tidewater'],
    ['a slash at the end', 'gh/tidewater/web/'],
    ['a slash at the start', '/gh/tidewater/web'],
    ['two slashes in a row', 'gh//web'],
    ['percent signs', 'gh/tidewater%2Fweb/x'],
    ['an encoded slash', 'gh/tidewater/web%2F..'],
    ['dots that climb', 'gh/../web'],
    ['one dot', 'gh/./web'],
    ['a question mark', 'gh/tidewater/web?x=1'],
    ['a number sign', 'gh/tidewater/web#x'],
    ['a back slash', 'gh/tidewater\\..\\web'],
    ['a line break', 'gh/tidewater/web\n'],
    ['a right-to-left override', 'gh/tidewater/\u202ebew'],
    ['half an emoji', 'gh/tidewater/\ud83d'],
    ['nothing', ''],
    ['an address', 'https://github.com/tidewater/web'],
  ];

  test.each(slugs)('with %s is refused wherever one is given', async (_name, slug) => {
    const says = /a project slug is three parts/;
    const calls = [
      ['project', 'add', web, `${slug}`],
      ['project', 'remove', slug],
      ['token', 'list', `--project=${slug}`],
      project(`--project=${slug}`, '--scope', 'status', '--label', 'x'),
    ];
    for (const arguments_ of calls) await refusedUnasked(arguments_, 'invalid-input', says);
  });

  test('that the vault does not know is not found', async () => {
    await refusedUnasked(['project', 'remove', 'gh/tidewater/unknown'], 'not-found', /knows no project/);
  });

  test('that CircleCI does not know is not found there, and no token is made', async () => {
    const arguments_ = project('--project', 'gh/tidewater/unknown', '--scope', 'status', '--label', 'x');
    await expectRefused(cli, { arguments: arguments_, code: 'not-found', says: /404/, leaves: 'log' });
  });
});

describe('A duration', () => {
  test.each([
    '',
    '0d',
    '-1d',
    '90',
    'd',
    '1y',
    '1.5d',
    '90 d',
    '١٢d',
    '1e3d',
    '9999999d',
    '90D',
    'Infinity',
    '__proto__',
  ])('%j is refused wherever one is given', async (text) => {
    const says = /like 90d|like 2h/;
    const create = ['token', 'create', 'personal', '--account', accountId, '--label', 'x'];
    await refusedUnasked([...create, `--expires=${text}`], 'usage', says);
    for (const option of ['--older-than', '--expires-within']) {
      await refusedUnasked(['token', 'list', `${option}=${text}`], 'usage', says);
    }
    await refusedUnasked(['rotate', cli.held.id, `--retire=${text}`], 'usage', says);
    await refusedUnasked(['audit', `--since=${text}`], 'usage', says);
  });

  test('longer than CircleCI lets a token live is refused', async () => {
    const create = ['token', 'create', 'personal', '--account', accountId, '--label', 'x', '--expires'];
    await refusedUnasked([...create, '366d'], 'invalid-input', /a year at most/);
    await refusedUnasked([...create, '999999w'], 'invalid-input', /a year at most/);
  });

  test('of a date that is none is refused', async () => {
    for (const since of ['2026-13-01', '2026-02-30', 'yesterday', '2026-01-31T25:00:00Z']) {
      await refusedUnasked(['audit', '--since', since], 'usage', /a date like/);
    }
  });
});

describe('A word from a list', () => {
  test.each([
    ['a scope', project('--project', web, '--scope', 'view-builds', '--label', 'x'), /--scope/],
    ['a scope in capitals', project('--project', web, '--scope', 'ADMIN', '--label', 'x'), /--scope/],
    ['a field of every object', project('--project', web, '--scope', 'constructor', '--label', 'x'), /--scope/],
    [
      'an access',
      ['token', 'create', 'personal', '--account', 'aaaaaa', '--label', 'x', '--access', 'root'],
      /--access/,
    ],
    ['a kind', ['token', 'list', '--kind', 'runner'], /--kind/],
    ['a state', ['token', 'list', '--state', 'dead'], /--state/],
    ['a rotation’s state', ['rotation', 'list', '--state', 'over'], /--state/],
    ['a mode', ['rotate', 'aaaaaa', '--mode', 'big-bang'], /--mode/],
    ['a format', ['audit', '--format', 'xml'], /--format/],
  ] as const)('that is not on it is refused: %s', async (_name, arguments_, says) => {
    await refusedUnasked(arguments_, 'usage', says);
  });
});

describe('An id', () => {
  const withId: readonly ((id: string) => readonly string[])[] = [
    (id) => ['token', 'show', id],
    (id) => ['token', 'check', id],
    (id) => ['token', 'take', id],
    (id) => ['token', 'edit', id, '--owner', 'x'],
    (id) => ['token', 'delete', id, '--confirm', 'DELETE'],
    (id) => ['rotate', id],
    (id) => ['rotation', 'show', id],
    (id) => ['rotation', 'resume', id],
    (id) => ['account', 'remove', id],
    (id) => ['audit', '--token', id],
    (id) => ['token', 'list', '--account', id],
    (id) => ['sync', '--account', id],
    (id) => ['project', 'add', web, '--account', id],
  ];

  test.each([
    ['too short', 'abcde'],
    ['empty', ''],
    ['too long', 'a'.repeat(33)],
    ['no hex', 'zzzzzz'],
    ['a field that objects have already', '__proto__'],
    ['another one', 'constructor'],
    ['a path', '../../etc'],
    ['full-width digits', '１２３４５６'],
    ['CircleCI’s own', '5a8e4f0e-5d2c-4a6e-9d0f-0123456789ab'],
  ])('that is %s is refused by every command that takes one', async (_name, id) => {
    for (const call of withId) await refusedUnasked(call(id), 'invalid-input', /an id is at least 6 characters/);
  });

  test('that nothing has is not found by any command', async () => {
    for (const call of withId) await refusedUnasked(call(unknownId), 'not-found', /no (token|account|.*rotation)/);
  });

  test('a token pasted in its place is not repeated', async () => {
    const value = cli.sandbox.personalToken;
    for (const call of withId) await refusedUnasked(call(value), 'invalid-input', /an id is at least 6 characters/);
  });

  test('one wrong id among right ones stops all of them', async () => {
    const ids = [cli.held.id, unknownId];
    await refusedUnasked(['token', 'delete', ...ids, '--confirm', 'DELETE'], 'not-found', /no token/);
    await refusedUnasked(['rotate', ...ids], 'not-found', /no token/);
    await refusedUnasked(['token', 'check', ...ids], 'not-found', /no token/);
  });
});

describe('What no command takes', () => {
  test.each([
    [[], /command is missing/],
    [['token'], /command is missing/],
    [['tokens'], /Unknown command/],
    [['token', 'list', '--nonsense'], /Unknown option/],
    [['token', 'show'], /./],
    [['token', 'edit', 'aaaaaa'], /nothing to change/],
    [['rotate'], /by ids or by filters/],
    [['rotate', 'aaaaaa', '--kind', 'project'], /not both/],
    [['token', 'list', 'surplus'], /Too many arguments/],
    [['sandbox', '--port', '99999999999'], /--port: a whole number/],
    [['sandbox', '--tokens', '-5'], /--tokens: a whole number/],
    [['token', 'list', '--password-fd', 'x'], /--password-fd a number/],
  ] as const)('%j is a usage error', async (arguments_, says) => {
    await refusedUnasked(arguments_, 'usage', says);
  });

  test.each([
    [['sandbox', '--port', '70000']],
    [['sandbox', '--tokens', '100001']],
    [['sandbox', '--fault', 'explode=now']],
  ])('%j is refused by the sandbox', async (arguments_) => {
    await refusedUnasked(arguments_, 'invalid-input', /./);
  });
});
