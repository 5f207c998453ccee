import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { signInAgain, signInByBrowser } from '../../support/browser.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { intercept } from '../../support/intercept.ts';
import { signInSetting, twistedSignIns } from '../../support/sign-in-setting.ts';

describe('signing in again', () => {
  test('as a new client overlaps: the new token works before the one before it is deleted', async () => {
    const order: string[] = [];
    const { client, url, made, whoIs, acts } = await twistedSignIns(() => async (asked, ask) => {
      if (/\/(token|me)(\/|$)/.test(asked.path))
        order.push(`${asked.method} ${asked.path.split('/').slice(0, 5).join('/')}`);
      return ask();
    });
    const first = expectOk(await signInByBrowser(client, url)).account;
    const [before] = (await made()).alive;
    order.length = 0;
    const { account, earlier } = expectOk(await signInAgain(client, { id: first.id, client: 'fresh' }));
    expect([account.id, earlier]).toEqual([first.id, 'revoked']);
    const { alive } = await made();
    expect(alive).toHaveLength(1);
    expect(alive[0]?.id).not.toBe(before?.id);
    expect([await whoIs(before?.value), await whoIs(alive[0]?.value)]).toEqual([401, 200]);
    expect(order).toEqual(['POST /oauth/token', 'GET /api/v2/me', 'DELETE /api/v1/user/token', 'GET /api/v2/me']);
    expect(await acts()).toContainEqual(['account.earlier-ended', 'revoked']);
  });

  const read = { decision: 'allow', access: 'read' } as const;

  test('with less access than before still ends the one before', async () => {
    const { client, url, made } = await signInSetting();
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    expect(expectOk(await signInAgain(client, { id, client: 'fresh' }, read)).earlier).toBe('revoked');
    expect((await made()).alive).toHaveLength(1);
  });

  test('with too little access to delete anything leaves the one before, and says so', async () => {
    const { client, url, made, acts } = await signInSetting();
    const { id } = expectOk(await signInByBrowser(client, url, read)).account;
    const { earlier, account } = expectOk(await signInAgain(client, { id, client: 'fresh' }, read));
    expect(earlier).toBe('left');
    expect(account.id).toBe(id);
    expect((await made()).alive).toHaveLength(2);
    expect(await acts()).toContainEqual(['account.earlier-ended', 'left']);
  });

  test('after the one before has expired ends well', async () => {
    const { client, url, clock } = await signInSetting();
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    clock.advance(91 * 86_400_000);
    expect(expectOk(await signInAgain(client, { id, client: 'fresh' })).earlier).toBe('revoked');
  });

  test('is in the activity before a token can exist, and what became of it', async () => {
    let atExchange: unknown;
    const { client, url, acts } = await twistedSignIns(() => async ({ path }, ask) => {
      if (!path.endsWith('/oauth/token')) return ask();
      atExchange = await acts();
      return undefined;
    });
    const lost = expectFailure(await signInByBrowser(client, url));
    expect(atExchange).toContainEqual(['account.signing-in', `${url}: a token named Rondo may come of it`]);
    expect(await acts()).toContainEqual(['account.signing-in', lost.code]);
  });

  test('as the same client is a cut-over: CircleCI itself revokes the one before', async () => {
    const deletes: string[] = [];
    const { client, url, made, whoIs, opened } = await twistedSignIns(() => async (asked, ask) => {
      if (asked.method === 'DELETE') deletes.push(asked.path);
      return ask();
    });
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    const [before] = (await made()).alive;
    const { earlier, account } = expectOk(await signInAgain(client, { id, client: 'same' }));
    expect([earlier, account.id]).toEqual(['revoked', id]);
    expect(await whoIs(before?.value)).toBe(401);
    expect((await made()).alive).toHaveLength(1);
    expect(deletes).toEqual([]);
    expect((await opened.state()).clients).toHaveLength(1);
    expectOk(await client('sync.run', {}));
  });

  test.each(['fresh', 'same'] as const)('as another person is refused, and their token deleted (%s)', async (which) => {
    let stranger = false;
    const { client, url, made, accounts, whoIs } = await twistedSignIns(() => async (asked, ask) => {
      const said = await ask();
      if (asked.path !== '/api/v2/me' || !stranger) return said;
      return { ...said, body: JSON.stringify({ id: 'someone-else', login: 'jonas-weber', name: 'Jonas' }) };
    });
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    const [before] = (await made()).alive;
    const [account] = await accounts();
    stranger = true;
    const failure = expectFailure(await signInAgain(client, { id, client: which }));
    expect(failure).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/signed in to CircleCI as jonas-weber.*not changed.*deleted again/),
      hint: expect.stringContaining('maya-okafor'),
    });
    // But that a token can be deleted there, which it has just seen.
    expect(await accounts()).toEqual([{ ...account, capabilities: expect.anything() }]);
    const { alive } = await made();
    // In truth it is one person here, so the same client has ended the one before.
    expect(alive.map((token) => token.id)).toEqual(which === 'fresh' ? [before?.id] : []);
    expect(await whoIs(before?.value)).toBe(which === 'fresh' ? 200 : 401);
  });

  test('whose identity cannot be read changes nothing, and deletes what was made', async () => {
    let isDown = false;
    const { client, url, made, accounts } = await twistedSignIns(
      () => async (asked, ask) => (isDown && asked.path === '/api/v2/me' ? { status: 503, body: '{}' } : ask()),
    );
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    const [before] = (await made()).alive;
    isDown = true;
    const failure = expectFailure(await signInAgain(client, { id, client: 'fresh' }));
    expect(failure).toMatchObject({ code: 'server-error', message: expect.stringContaining('deleted again') });
    expect((await made()).alive.map((token) => token.id)).toEqual([before?.id]);
    expect((await accounts())[0]).toMatchObject({ id, browserSignIn: { expiresAt: before?.expiresAt } });
    isDown = false;
    expectOk(await client('sync.run', {}));
  });

  test.each([503, 429, 401, undefined])(
    'as the same client keeps the only token that works (me: %s)',
    async (status) => {
      let isDown = false;
      const { client, url, made, whoIs } = await twistedSignIns(() => async (asked, ask) => {
        if (!isDown || asked.path !== '/api/v2/me') return ask();
        return status === undefined ? undefined : { status, body: '{}' };
      });
      const { id } = expectOk(await signInByBrowser(client, url)).account;
      const [before] = (await made()).alive;
      isDown = true;
      const { message } = expectFailure(await signInAgain(client, { id, client: 'same' }));
      expect(message).toContain('The new token is kept');
      isDown = false;
      const { alive } = await made();
      expect(alive).toHaveLength(1);
      expect([await whoIs(before?.value), await whoIs(alive[0]?.value)]).toEqual([401, 200]);
      // Rondo signs in with it.
      expect(expectOk(await client('sync.run', {})).sync.accounts).toBe(1);
    },
  );

  test('as the same client on a full disk says that neither token is left, and all else is as it was', async () => {
    let isFull = false;
    const { client, url } = await twistedSignIns(() => async (asked, ask) => {
      const answer = await ask();
      isFull = asked.path === '/oauth/token' && started;
      return answer;
    });
    let started = false;
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    started = true;
    const makeRoom = intercept((call, run) => {
      if (!isFull || call.kind !== 'sqlite' || !call.name.startsWith('BEGIN IMMEDIATE')) return run();
      throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    });
    try {
      expect(expectFailure(await signInAgain(client, { id, client: 'same' }))).toMatchObject({
        code: 'storage',
        message: expect.stringMatching(/could not be stored, and the one before works no more/),
        hint: expect.stringMatching(/sign in again/),
      });
    } finally {
      makeRoom();
    }
    expect(expectOk(await client('account.list', {})).accounts).toMatchObject([{ id }]);
  });

  test('as the same client seals the new token before it asks whose it is', async () => {
    let sealed: unknown;
    let isAgain = false;
    const set = await twistedSignIns(() => async (asked, ask) => {
      if (isAgain && asked.path === '/api/v2/me' && sealed === undefined) {
        // What a process that ends here leaves behind.
        sealed = expectOk(await set.client('account.list', {})).accounts[0]?.browserSignIn;
      }
      return ask();
    });
    const { id } = expectOk(await signInByBrowser(set.client, set.url)).account;
    set.clock.advance(86_400_000);
    isAgain = true;
    expectOk(await signInAgain(set.client, { id, client: 'same' }));
    expect(sealed).toEqual({ expiresAt: (await set.made()).alive[0]?.expiresAt });
  });

  test.each(['same', 'fresh'] as const)(
    'whose answer is lost says what became of the one before (%s)',
    async (which) => {
      let isLost = false;
      const { client, url, made, whoIs } = await twistedSignIns(() => async (asked, ask) => {
        const said = await ask();
        return isLost && asked.path === '/oauth/token' ? undefined : said;
      });
      const { id } = expectOk(await signInByBrowser(client, url)).account;
      const [before] = (await made()).alive;
      isLost = true;
      const { code, message } = expectFailure(await signInAgain(client, { id, client: which }));
      expect(code).toBe('network');
      expect(await whoIs(before?.value)).toBe(which === 'same' ? 401 : 200);
      expect(message.includes('the token in use may be revoked already')).toBe(which === 'same');
    },
  );

  test('that is refused for the same client has revoked nothing, and does not say that it may have', async () => {
    let isRefused = false;
    const { client, url, made, whoIs } = await twistedSignIns(
      () => async (asked, ask) => (isRefused && asked.path === '/oauth/token' ? { status: 403, body: '{}' } : ask()),
    );
    const { id } = expectOk(await signInByBrowser(client, url)).account;
    isRefused = true;
    const { message } = expectFailure(await signInAgain(client, { id, client: 'same' }));
    expect(message).not.toContain('revoked');
    expect(await whoIs((await made()).alive[0]?.value)).toBe(200);
  });

  test('to an account that is not there', async () => {
    const { client } = await signInSetting();
    const failure = expectFailure(await client('account.sign-in-again', { id: 'ffffffffffff', client: 'fresh' }));
    expect(failure.code).toBe('not-found');
  });
});
