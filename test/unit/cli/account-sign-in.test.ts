import { describe, expect, onTestFinished, test } from 'vitest';
import type { StopSignal } from '../../../main/cli/world.ts';
import { answerInBrowser } from '../../support/browser.ts';
import { cli, Refusal } from '../../support/cli-world.ts';
import { sampleAccount } from '../../support/contract-samples.ts';
import { openSandbox } from '../../support/open-sandbox.ts';
import { temporaryCore } from '../../support/temporary-core.ts';
import { unhurriedClock } from '../../support/unhurried-clock.ts';

const signIn = 'e'.repeat(32);
const url = 'https://app.circleci.com/oauth/authorize?state=s';
const account = sampleAccount({ browserSignIn: { expiresAt: '2027-02-24T08:00:00.000Z' } });

describe('account add --sign-in', () => {
  test('reads no token, says on standard error what to open, waits and answers with the account', async () => {
    const run = await cli(
      ['account', 'add', '--host', 'https://circleci.com', '--name', 'work', '--sign-in', '--json', '--quiet'],
      {
        answers: {
          'account.sign-in-begin': () => ({ signIn, url }),
          'account.sign-in-end': () => ({ account, earlier: 'none' }),
        },
        stdinNeverEnds: true,
      },
    );
    expect(run.acts).toEqual([
      { channel: 'account.sign-in-begin', input: { host: 'https://circleci.com', name: 'work' } },
      { channel: 'account.sign-in-end', input: { signIn } },
    ]);
    expect(JSON.parse(run.stdout)).toEqual({ account, earlier: 'none' });
    expect(run.stderr).toContain(`\n${url}\n`);
    expect(run.exitCode).toBe(0);
  });

  test('says to a person until when it lasts', async () => {
    const run = await cli(['account', 'add', '--host', 'https://circleci.com', '--sign-in'], {
      answers: {
        'account.sign-in-begin': () => ({ signIn, url }),
        'account.sign-in-end': () => ({ account, earlier: 'none' }),
      },
    });
    expect(run.stdout).toContain('Signed in to https://circleci.com as ada');
    expect(run.stdout).toContain('until 2027-02-24');
    expect(run.stdout).not.toContain(url);
  });

  test('a host that takes no sign-ins has the other way in its hint', async () => {
    const run = await cli(['account', 'add', '--host', 'https://ci.example', '--sign-in'], {
      answers: {
        'account.sign-in-begin': () =>
          new Refusal({
            code: 'unsupported',
            message: 'Nothing was changed.',
            hint: 'Paste a personal token instead.',
          }),
      },
    });
    expect([run.exitCode, run.stdout]).toEqual([5, '']);
    expect(run.stderr).toContain('Paste a personal token');
  });
});

describe('account sign-in', () => {
  test.each([
    [[], 'fresh', 'left', /was not deleted and works until it expires/],
    [['--same-client'], 'same', 'revoked', /The earlier sign-in is revoked/],
  ] as const)('with %j asks as the %s client', async (options, client, earlier, says) => {
    const run = await cli(['account', 'sign-in', 'aaaaaa', ...options], {
      answers: {
        'account.sign-in-again': () => ({ signIn, url }),
        'account.sign-in-end': () => ({ account, earlier }),
      },
    });
    expect(run.acts[0]).toEqual({ channel: 'account.sign-in-again', input: { id: 'aaaaaa', client } });
    expect(run.stdout).toMatch(says);
    expect(run.stderr.includes('cut-over')).toBe(client === 'same');
  });
});

/** The command over a real core and a sandbox, with what a person does once the address is there. */
async function inPerson(act: (url: string, signals: { listen?: (signal: StopSignal) => void }) => Promise<void>) {
  const clock = unhurriedClock();
  const opened = await openSandbox({ clock });
  onTestFinished(() => opened[Symbol.asyncDispose]());
  const temporary = await temporaryCore({ clock });
  onTestFinished(() => temporary[Symbol.asyncDispose]());
  const { core, client } = temporary;
  const signals: { listen?: (signal: StopSignal) => void } = {};
  const run = await cli(['account', 'add', '--host', opened.sandbox.url, '--sign-in', '--json'], {
    signals,
    startCore: () => ({
      subscribe: core.subscribe,
      close: () => core.close(),
      client: async (channel, input) => {
        const answer = client(channel, input);
        if (channel === 'account.sign-in-begin') {
          const begun = Object(await answer).value;
          setImmediate(() => void act(begun.url, signals));
        }
        return answer;
      },
    }),
    files: { '/pw': 'correct horse battery staple' },
  });
  return { ...run, sandbox: opened.sandbox };
}

test('from the command over the browser to the account', async () => {
  const run = await inPerson(async (address) => void (await answerInBrowser(address)));
  expect(run.exitCode).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ account: { login: 'maya-okafor' }, earlier: 'none' });
  for (const { value } of run.sandbox.tokens()) expect(run.stdout + run.stderr).not.toContain(value);
});

test('Ctrl+C cancels at once, closes the port and changes nothing', async () => {
  let address = '';
  const run = await inPerson(async (opened, { listen }) => {
    address = opened;
    listen?.('SIGINT');
  });
  expect(run.exitCode).toBe(130);
  expect(JSON.parse(run.stdout).error).toMatchObject({ code: 'stopped' });
  await expect(answerInBrowser(address)).rejects.toThrow('fetch failed');
  expect(run.sandbox.tokens().some(({ label }) => label === 'Rondo')).toBe(false);
});
