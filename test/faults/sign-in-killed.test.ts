import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { signInByBrowser } from '../support/browser.ts';
import { type ChildRun, runChild } from '../support/child-run.ts';
import { expectOk } from '../support/core-pieces.ts';
import { startInBetween } from '../support/in-between.ts';
import { openSandbox } from '../support/open-sandbox.ts';
import { isInUsualRun, longTests } from '../support/seeded.ts';
import { temporaryCore } from '../support/temporary-core.ts';

/**
 * A real process that signs in with the browser is killed with SIGKILL at the points that it reports (in a usual run a third,
 * another third with another seed, and always when a token was made): each request, the code's exchange included, and each
 * write of the account and of the activity. Afterwards a token that CircleCI made and
 * Rondo has not was announced in the activity before it could exist; the account works as before or with the new one; and
 * signing in once more works, after which the inventory has every token that is there.
 */
type Way = 'first' | 'fresh' | 'same';

function signIn({ vaultDir, url }: { vaultDir: string; url: string }, way: Way, killAt = -1): Promise<ChildRun> {
  return runChild('sign-in-child', [vaultDir, url, way, String(killAt)]).over;
}

/** A vault, and a CircleCI whose clock is the real one, as a process's is. `strange`: it says that it is somebody else. */
async function setting() {
  const opened = await openSandbox({ clock: systemClock });
  onTestFinished(() => opened[Symbol.asyncDispose]());
  const { sandbox } = opened;
  const between = await startInBetween(sandbox.url);
  onTestFinished(() => between[Symbol.asyncDispose]());
  const core = await temporaryCore({ clock: systemClock });
  onTestFinished(() => core[Symbol.asyncDispose]());
  const set = {
    ...core,
    url: between.url,
    strange: false,
    made: () => new Set(sandbox.tokens().flatMap(({ label, id }) => (label === 'Rondo' ? [id] : []))),
    acts: async () =>
      expectOk(await core.client('audit.list', {})).entries.map(({ action, outcome }) => `${action} ${outcome}`),
    accounts: async () => expectOk(await core.client('account.list', {})).accounts,
  };
  between.twist = async ({ path }, ask) => {
    const said = await ask();
    const body = said.body.replaceAll(sandbox.url, between.url);
    const stranger = JSON.stringify({ id: 'someone-else', login: 'jonas-weber', name: 'Jonas' });
    return { ...said, body: set.strange && path === '/api/v2/me' ? stranger : body };
  };
  return set;
}

type Setting = Awaited<ReturnType<typeof setting>>;

const often = (acts: readonly string[], act: string) => acts.filter((one) => one === act).length;

/** Asked of CircleCI with the account's own token. */
async function works({ client, accounts }: Setting): Promise<boolean> {
  await client('sync.run', {});
  return (await accounts())[0]?.lastAttempt?.outcome === 'ok';
}

/** Where CircleCI ends the earlier token with the exchange, none works until the new one is sealed, or after it is given up. */
function mustWork(way: Way, reached: ReadonlySet<string>): boolean {
  const isSealed = reached.has('account sealed unasked after') && !reached.has('account given up after');
  return way !== 'same' || !reached.has('request oauth.token after') || isSealed;
}

async function expectKnown({ client, made }: Setting, when: string): Promise<void> {
  const { tokens } = expectOk(await client('token.list', {}));
  const listed = new Set(tokens.filter(({ state }) => state === 'active').map(({ remoteId }) => remoteId));
  expect(
    [...made()].filter((id) => !listed.has(id)),
    `${when}: every token that is there is in the inventory`,
  ).toEqual([]);
}

test.each<[string, Way, boolean]>([
  ['for the first time', 'first', false],
  ['again, as a new client', 'fresh', false],
  ['again, as the same client', 'same', false],
  ['again, as a new client and somebody else', 'fresh', true],
  ['again, as the same client and somebody else', 'same', true],
])('signing in %s', { timeout: 900_000 }, async (_name, way, strange) => {
  const set = await setting();
  const { client, url, made, acts, accounts } = set;

  async function ready(): Promise<void> {
    set.strange = false;
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    if (way === 'first') expectOk(await client('account.remove', { id }));
    set.strange = strange;
  }

  await ready();
  const undisturbed = await signIn(set, way);
  const ends = { first: 'none', fresh: 'revoked', same: 'revoked' };
  expect(undisturbed.ended).toBe(strange ? 'refused' : ends[way]);
  expect(undisturbed.points).toMatchSnapshot();
  for (const [killAt, point] of undisturbed.points.entries()) {
    // Nothing happens between one point's after and the next one's before.
    const isLast = killAt === undisturbed.points.length - 1;
    const isChosen = isInUsualRun(killAt, undisturbed.points.length) && (isLast || point.endsWith(' before'));
    if (!longTests && !isChosen && point !== 'request oauth.token after') continue;
    await ready();
    const before = { made: made(), acts: await acts(), accounts: await accounts() };
    const killed = await signIn(set, way, killAt);
    expect(killed, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', ended: undefined });
    expect(killed.points.at(-1)).toBe(point);

    set.strange = false;
    const fresh = [...made()].filter((id) => !before.made.has(id));
    const announced = often(await acts(), 'account.signing-in ok') - often(before.acts, 'account.signing-in ok');
    expect(fresh.length, `${point}: no more than was announced`).toBeLessThanOrEqual(announced);
    const isThere = way !== 'first' || killed.points.includes('account added after');
    expect((await accounts()).map(({ id }) => id)).toEqual(isThere ? [expect.any(String)] : []);
    if (isThere && mustWork(way, new Set(killed.points))) expect(await works(set), `${point}: it works`).toBe(true);

    expectOk(await signInByBrowser(client, url));
    expect(await works(set), `${point}: signed in once more`).toBe(true);
    await expectKnown(set, point);
  }
  expect(expectOk(await client('audit.verify', {})).ok).toBe(true);
});
