import { onTestFinished } from 'vitest';
import { expectOk } from './core-pieces.ts';
import { startInBetween, type Twist } from './in-between.ts';
import { openSandbox } from './open-sandbox.ts';
import { temporaryCore } from './temporary-core.ts';
import { type UnhurriedClock, unhurriedClock } from './unhurried-clock.ts';

/** An unlocked core without an account, and a sandbox that takes sign-ins; both end with the test. */
export async function signInSetting(clock: UnhurriedClock = unhurriedClock()) {
  const opened = await openSandbox({ clock });
  onTestFinished(() => opened[Symbol.asyncDispose]());
  const core = await temporaryCore({ clock });
  onTestFinished(() => core[Symbol.asyncDispose]());
  const { url } = opened.sandbox;
  const { client } = core;
  return {
    ...core,
    opened,
    url,
    clock,
    /** Rondo's tokens on CircleCI, in the order in which they were made. */
    async made() {
      const { tokens, deleted } = await opened.state();
      const own = tokens.filter(({ label }) => label === 'Rondo');
      return { alive: own, deleted: deleted.length };
    },
    whoIs: async (value: string | undefined) => (await opened.ask('GET /api/v2/me', { token: value ?? '' })).status,
    accounts: async () => expectOk(await client('account.list', {})).accounts,
    acts: async () => expectOk(await client('audit.list', {})).entries.map(({ action, detail }) => [action, detail]),
  };
}

/** The same with a server in between that may change what CircleCI says. */
export async function twistedSignIns(twist: (origin: string) => Twist) {
  const set = await signInSetting();
  const between = await startInBetween(set.url);
  onTestFinished(() => between[Symbol.asyncDispose]());
  const own = twist(between.url);
  between.twist = (asked, ask) =>
    own(asked, async () => {
      const said = await ask();
      return { ...said, body: said.body.replaceAll(set.url, between.url) };
    });
  return { ...set, between, url: between.url };
}
