import { describe, expect, test } from 'vitest';
import { answerInBrowser, signInByBrowser } from '../../support/browser.ts';
import { signInValue } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { signInSetting } from '../../support/sign-in-setting.ts';
import { unlock } from '../../support/temporary-core.ts';

describe('signing in with the browser', () => {
  test('keeps the token of whoever allowed it, and says until when', async () => {
    const { client, url, made, accounts, acts } = await signInSetting();
    const { account, earlier } = expectOk(await signInByBrowser(client, url));
    const { alive } = await made();
    expect(alive).toHaveLength(1);
    expect(earlier).toBe('none');
    expect(account).toMatchObject({
      login: 'maya-okafor',
      host: url,
      browserSignIn: { expiresAt: alive[0]?.expiresAt },
      lastAttempt: { outcome: 'ok' },
    });
    expect(await accounts()).toEqual([account]);
    expect(await acts()).toContainEqual(['account.added', 'by the browser']);
    // It is the token that reads from now on, and a sync finds which one of the list it is.
    expectOk(await client('sync.run', {}));
    const tokens = expectOk(await client('token.list', {})).tokens.filter(({ label }) => label === 'Rondo');
    expect(tokens).toMatchObject([
      { label: 'Rondo', remoteId: alive[0]?.id, expiresAt: alive[0]?.expiresAt, hasValue: 'none' },
    ]);
  });

  test('shows no value anywhere: not in an answer, an event or the activity', async () => {
    const { client, url, made, events } = await signInSetting();
    const begun = expectOk(await client('account.sign-in-begin', { host: url, name: 'work' }));
    await answerInBrowser(begun.url);
    const ended = expectOk(await client('account.sign-in-end', { signIn: begun.signIn }));
    const [token] = (await made()).alive;
    const entries = expectOk(await client('audit.list', {}));
    expect(ended.account.name).toBe('work');
    expect(JSON.stringify([begun, ended, entries, events])).not.toContain(token?.value);
    expect(begun.url).not.toContain('verifier');
  });

  test('gives an account that was pasted the new token, and leaves the pasted one alone', async () => {
    const { client, url, opened, accounts, whoIs } = await signInSetting();
    const value = signInValue(opened.sandbox);
    const pasted = expectOk(await client('account.add', { host: url, value })).account;
    const { account, earlier } = expectOk(await signInByBrowser(client, url));
    expect(account.id).toBe(pasted.id);
    expect(earlier).toBe('none');
    expect(await accounts()).toHaveLength(1);
    expect(await whoIs(opened.sandbox.personalToken)).toBe(200);
  });

  test('pasting a token afterwards takes the place of the browser', async () => {
    const { client, url, opened, accounts } = await signInSetting();
    expectOk(await signInByBrowser(client, url));
    expectOk(await client('account.add', { host: url, value: signInValue(opened.sandbox) }));
    const [account] = await accounts();
    expect(account).not.toHaveProperty('browserSignIn');
    const again = await client('account.sign-in-again', { id: account?.id ?? '', client: 'same' });
    expect(expectFailure(again)).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('no client'),
    });
  });

  test('a token that a rotation made takes the place of the browser', async () => {
    const { client, url, accounts } = await signInSetting();
    expectOk(await signInByBrowser(client, url));
    expectOk(await client('sync.run', {}));
    const own = expectOk(await client('token.list', {})).tokens.find(({ label }) => label === 'Rondo');
    expectOk(await client('rotation.start', { ids: [own?.id ?? ''], keep: false, dryRun: false, retire: 'now' }));
    expect((await accounts())[0]).not.toHaveProperty('browserSignIn');
  });
});

describe('nothing is changed', () => {
  test('where the person does not allow it', async () => {
    const { client, url, made, accounts } = await signInSetting();
    const failure = expectFailure(await signInByBrowser(client, url, { decision: 'deny' }));
    expect(failure).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/did not allow it.*Nothing was changed/),
    });
    expect(await accounts()).toEqual([]);
    expect((await made()).alive).toEqual([]);
  });

  test('where the answer carries another state', async () => {
    const { client, url, made, accounts } = await signInSetting();
    const { signIn, url: address } = expectOk(await client('account.sign-in-begin', { host: url }));
    const redirectUri = new URL(address).searchParams.get('redirect_uri');
    expect(await (await fetch(`${redirectUri}?code=forged&state=forged`)).text()).toContain('does not belong');
    expect(expectFailure(await client('account.sign-in-end', { signIn })).code).toBe('refused');
    expect([await accounts(), (await made()).alive]).toEqual([[], []]);
  });

  test('where the code has become too old before Rondo sees it', async () => {
    const { client, url, clock, accounts } = await signInSetting();
    const { signIn, url: address } = expectOk(await client('account.sign-in-begin', { host: url }));
    await answerInBrowser(address);
    clock.advance(60_000);
    const failure = expectFailure(await client('account.sign-in-end', { signIn }));
    expect(failure).toMatchObject({ code: 'refused', message: expect.stringContaining('too old') });
    expect(await accounts()).toEqual([]);
  });

  test('where nobody comes back within ten minutes, and the port is closed then', async () => {
    const { client, url, clock, accounts } = await signInSetting();
    const { signIn, url: address } = expectOk(await client('account.sign-in-begin', { host: url }));
    const ending = client('account.sign-in-end', { signIn });
    expect(clock.waiting()).toBe(1);
    clock.runOut();
    expect(expectFailure(await ending)).toMatchObject({
      code: 'stopped',
      message: expect.stringContaining('within ten minutes'),
    });
    await expect(answerInBrowser(address)).rejects.toThrow('fetch failed');
    expect(await accounts()).toEqual([]);
    expect(expectFailure(await client('account.sign-in-end', { signIn })).code).toBe('not-found');
  });

  test('where it is cancelled, and the port is closed then', async () => {
    const { client, url, clock, accounts } = await signInSetting();
    const { signIn, url: address } = expectOk(await client('account.sign-in-begin', { host: url }));
    const ending = client('account.sign-in-end', { signIn });
    expectOk(await client('account.sign-in-cancel', { signIn }));
    expectOk(await client('account.sign-in-cancel', { signIn }));
    expect(expectFailure(await ending)).toMatchObject({
      code: 'stopped',
      message: expect.stringContaining('cancelled'),
    });
    await expect(answerInBrowser(address)).rejects.toThrow('fetch failed');
    expect(clock.waiting()).toBe(0);
    expect(await accounts()).toEqual([]);
  });

  test('where the vault is locked meanwhile: it does not wait for the browser', async () => {
    const set = await signInSetting();
    const { client, url } = set;
    const { signIn, url: address } = expectOk(await client('account.sign-in-begin', { host: url }));
    const ending = client('account.sign-in-end', { signIn });
    const sleeps = set.clock.sleeps.length;
    expectOk(await client('vault.lock', {}));
    expect(expectFailure(await ending)).toMatchObject({
      code: 'stopped',
      message: expect.stringContaining('the vault locks'),
    });
    await expect(answerInBrowser(address)).rejects.toThrow('fetch failed');
    // The grace for acts under way was asked for once, and nothing was cut off by it.
    expect(set.clock.sleeps.length - sleeps).toBeLessThanOrEqual(1);
    await unlock(set);
    expect(await set.accounts()).toEqual([]);
  });

  test('where another sign-in is begun: the one before is over', async () => {
    const { client, url } = await signInSetting();
    const first = expectOk(await client('account.sign-in-begin', { host: url }));
    const ending = client('account.sign-in-end', { signIn: first.signIn });
    const second = expectOk(await client('account.sign-in-begin', { host: url }));
    expect(expectFailure(await ending).message).toContain('Another sign-in was begun');
    await expect(answerInBrowser(first.url)).rejects.toThrow('fetch failed');
    await answerInBrowser(second.url);
    expect(expectOk(await client('account.sign-in-end', { signIn: second.signIn })).account.login).toBe('maya-okafor');
  });

  test('while the vault is locked, and on what is no host', async () => {
    const { client, url } = await signInSetting();
    const failed = async (host: string) => expectFailure(await client('account.sign-in-begin', { host })).code;
    expect(await failed('http://circleci.example')).toBe('invalid-input');
    expectOk(await client('vault.lock', {}));
    expect(await failed(url)).toBe('locked');
  });

  test('on a host without a document of discovery, with the other way in the hint', async () => {
    const { client, url, opened } = await signInSetting();
    await opened.setFaults(['error=404@GET /.well-known']);
    expect(expectFailure(await client('account.sign-in-begin', { host: url }))).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('Paste a personal token'),
    });
  });
});

describe('an answer of the browser', () => {
  test('counts once: a second one finds nobody', async () => {
    const { client, url, made } = await signInSetting();
    const { signIn, url: address } = expectOk(await client('account.sign-in-begin', { host: url }));
    await answerInBrowser(address);
    await expect(answerInBrowser(address)).rejects.toThrow('fetch failed');
    const [one, two] = await Promise.all([
      client('account.sign-in-end', { signIn }),
      client('account.sign-in-end', { signIn }),
    ]);
    expect(expectOk(one)).toEqual(expectOk(two));
    expect((await made()).alive).toHaveLength(1);
  });

  test('that comes before anybody waits for it is kept', async () => {
    const { client, url, clock } = await signInSetting();
    const { signIn, url: address } = expectOk(await client('account.sign-in-begin', { host: url }));
    expect(expectOk(await client('account.sign-in-address', { signIn })).url).toBe(address);
    await answerInBrowser(address);
    expect(clock.waiting()).toBe(0);
    expectOk(await client('account.sign-in-end', { signIn }));
    expect(expectFailure(await client('account.sign-in-address', { signIn })).code).toBe('not-found');
  });
});
