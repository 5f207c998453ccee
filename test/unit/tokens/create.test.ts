import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { heldValue } from '../../support/expect-replaced.ts';
import { withRows } from '../../support/in-between.ts';

const web = 'gh/tidewater/web';
const day = 86_400_000;

describe('a personal token', () => {
  test('is made with the wanted expiry and access, as its list confirms, and its value is sealed', async () => {
    await using connected = await connectedCore();
    const { client, account } = connected;
    const { token } = expectOk(
      await client('token.create-personal', {
        account: account.slice(0, 8),
        label: 'laptop 🧭',
        expiresInMs: 90 * day,
        access: 'write',
        keep: false,
      }),
    );
    expect(token).toMatchObject({
      kind: 'personal',
      label: 'laptop 🧭',
      access: 'write',
      createdAt: '2026-11-23T08:00:00.000Z',
      expiresAt: '2027-02-21T08:00:00.000Z',
      dueAt: '2027-02-21T08:00:00.000Z',
      state: 'active',
      hasValue: 'sealed',
    });
    const made = connected.alive().get(token.remoteId ?? '');
    expect(made).toMatchObject({ kind: 'personal', label: 'laptop 🧭', scope: 'write' });
    expect(await heldValue(connected, token.id)).toBe(made?.value);
    expect(token.tail).toBe(made?.value.slice(-4));
    const { history } = expectOk(await client('token.show', { id: token.id }));
    expect(history).toMatchObject([{ action: 'token.created', actor: 'test', outcome: 'ok' }]);
  });

  test('without wishes gets what CircleCI gives, which the list tells', async () => {
    await using connected = await connectedCore();
    const wish = { account: connected.account, label: 'plain', keep: true };
    const { token } = expectOk(await connected.client('token.create-personal', wish));
    expect(token).toMatchObject({ access: 'admin', expiresAt: '2027-11-23T08:00:00.000Z', hasValue: 'kept' });
    const sent = connected.between.asked.find(({ method }) => method === 'POST');
    expect(JSON.parse(sent?.body ?? '')).toEqual({ label: 'plain' });
  });
});

describe('a project token', () => {
  test.each([
    ['status', 'status'],
    ['read-only', 'view-builds'],
    ['admin', 'all'],
  ] as const)('of scope %s is %s on the wire', async (scope, wire) => {
    await using connected = await connectedCore();
    const wish = { project: 'github/tidewater/web', scope, label: 'new one', keep: false };
    const { token } = expectOk(await connected.client('token.create-project', wish));
    expect(token).toMatchObject({ kind: 'project', project: web, scope, hasValue: 'sealed' });
    expect(token).not.toHaveProperty('expiresAt');
    expect(connected.alive().get(token.remoteId ?? '')).toMatchObject({ scope: wire, project: web, label: 'new one' });
  });

  test('is refused without a request where CircleCI would not have it', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const asked = connected.between.asked.length;
    const wish = { project: web, scope: 'admin', label: 'fine', keep: false } as const;
    for (const wrong of [
      { label: '' },
      { label: ' \t ' },
      { label: 'x'.repeat(1_001) },
      { label: 'right\u202eleft' },
      { project: 'gh/tidewater' },
      { project: 'gh/../web' },
    ]) {
      expect(expectFailure(await client('token.create-project', { ...wish, ...wrong })).code).toBe('invalid-input');
    }
    expect(connected.between.asked).toHaveLength(asked);
  });

  test('of a project without a role is forbidden, and nothing is left behind', async () => {
    await using connected = await connectedCore();
    const before = await connected.tokens();
    const wish = { project: 'gh/tidewater/infrastructure', scope: 'status', label: 'badge', keep: false } as const;
    expect(expectFailure(await connected.client('token.create-project', wish)).code).toBe('forbidden');
    expect(await connected.tokens()).toEqual(before);
  });
});

describe('when the answer is lost', () => {
  const wish = { project: web, scope: 'admin', label: 'once', keep: false } as const;

  test('the orphan is deleted and it is created once more', async () => {
    await using connected = await connectedCore();
    await connected.faults({ add: ['drop-after=POST /#1'] });
    const { token } = expectOk(await connected.client('token.create-project', wish));
    const made = [...connected.alive().values()].filter(({ label }) => label === 'once');
    expect(made.map(({ id }) => id)).toEqual([token.remoteId]);
    expect(await heldValue(connected, token.id)).toBe(made[0]?.value);
  });

  test('and the list does not answer either: it is not called safe to repeat, and the next sync shows it', async () => {
    await using connected = await connectedCore();
    let lost = false;
    connected.between.twist = async (asked, ask) => {
      lost ||= asked.method === 'POST';
      if (asked.method === 'POST') await ask();
      return lost ? undefined : ask();
    };
    const error = expectFailure(await connected.client('token.create-project', wish));
    expect(error.code).toBe('needs-attention');
    expect(error.message).toContain('there may be a token "once"');
    connected.between.twist = undefined;
    expectOk(await connected.client('sync.run', {}));
    expect(await connected.pick({ label: 'once' })).toMatchObject({ state: 'active', hasValue: 'none' });
  });

  test('and a colleague made one of that name at the same time: both are named, none is deleted', async () => {
    await using connected = await connectedCore();
    await connected.faults({ add: ['drop-after=POST /#1'] });
    let made = false;
    connected.between.twist = async (asked, ask) => {
      const said = await ask().catch(() => undefined);
      if (asked.method !== 'POST' || made) return said;
      made = true;
      await connected.colleague('POST', `/api/v1.1/project/${web}/token`, { label: 'once', scope: 'all' });
      return said;
    };
    const error = expectFailure(await connected.client('token.create-project', wish));
    const both = [...connected.alive().values()].filter(({ label }) => label === 'once').map(({ id }) => id);
    expect(both).toHaveLength(2);
    expect(error.code).toBe('needs-attention');
    const { entries } = expectOk(await connected.client('audit.list', {}));
    const own = entries.filter(({ action }) => action.startsWith('token.creat'));
    expect(own, 'written down before it was sent, once').toMatchObject([
      { action: 'token.creating', detail: web },
      { action: 'token.creation-unclear', outcome: 'failed', detail: expect.stringContaining(both[0] ?? '?') },
    ]);
    expect(error.details?.candidates).toMatchObject(both.map((remoteId) => ({ remoteId, label: 'once' })));
  });

  test('and the clock of CircleCI is ahead: what is listed at once is ours all the same', async () => {
    await using connected = await connectedCore();
    await connected.faults({ add: ['drop-after=POST /#1'] });
    const ahead = (time: unknown) => new Date(Date.parse(String(time)) + 5_000).toISOString();
    connected.between.twist = ({ method, path }, ask) =>
      method === 'GET' && path.endsWith('/token') ? withRows(ask, (row) => ({ ...row, time: ahead(row.time) })) : ask();
    const { token } = expectOk(await connected.client('token.create-project', wish));
    const made = [...connected.alive().values()].filter(({ label }) => label === 'once');
    expect(made.map(({ id }) => id)).toEqual([token.remoteId]);
  });

  test('twice: it failed, and nothing of it is left', async () => {
    await using connected = await connectedCore();
    const before = [...connected.alive().keys()];
    await connected.faults({ add: ['drop-after=POST /'] });
    expect(expectFailure(await connected.client('token.create-project', wish)).code).toBe('network');
    expect([...connected.alive().keys()]).toEqual(before);
  });

  test('locking during the request stops it and says that a token may be there', async () => {
    const locked: Promise<unknown>[] = [];
    await using connected = await connectedCore();
    connected.between.twist = async (asked, ask) => {
      const said = await ask();
      if (asked.method !== 'POST') return said;
      locked.push(connected.client('vault.lock', {}));
      return new Promise(() => {});
    };
    const error = expectFailure(await connected.client('token.create-project', wish));
    expect(error.code).toBe('stopped');
    expect(error.message).toContain('there may be a token "once"');
    await Promise.all(locked);
  });
});

test('a list that cannot be read after creating changes nothing: the value is safe', async () => {
  await using connected = await connectedCore();
  let created = false;
  connected.between.twist = (asked, ask) => {
    if (created) return { status: 500, body: '' };
    created = asked.method === 'POST';
    return ask();
  };
  const wish = { project: web, scope: 'admin', label: 'once', keep: false } as const;
  const { token } = expectOk(await connected.client('token.create-project', wish));
  connected.between.twist = undefined;
  expect(await heldValue(connected, token.id)).toBe(connected.alive().get(token.remoteId ?? '')?.value);
  const { sync } = expectOk(await connected.client('sync.run', {}));
  expect(sync, 'the next sync knows it').toMatchObject({ added: 0, gone: 0 });
});

test('a list that cannot be read completely before creating: nothing is created', async () => {
  await using connected = await connectedCore();
  connected.between.twist = async ({ path }, ask) => {
    const said = await ask();
    return path.endsWith('/token') ? { ...said, body: said.body.replace('[', '[17,') } : said;
  };
  const before = [...connected.alive().keys()];
  const wish = { project: web, scope: 'admin', label: 'once', keep: false } as const;
  expect(expectFailure(await connected.client('token.create-project', wish)).code).toBe('server-error');
  expect([...connected.alive().keys()]).toEqual(before);
});

describe('what CircleCI makes otherwise than asked', () => {
  const wish = { label: 'ours', access: 'read', expiresInMs: 90 * day, keep: true } as const;

  test('is said, and the token is kept', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox, account } = connected;
    // A host that knows neither field by its name.
    between.twist = async ({ method, path, value = '', body }, ask) => {
      if (method !== 'POST') return ask();
      const { label } = JSON.parse(body);
      const headers = { 'circle-token': value, 'content-type': 'application/json' };
      const said = await fetch(new URL(path, sandbox.url), { method, headers, body: JSON.stringify({ label }) });
      return { status: said.status, body: await said.text() };
    };
    const { token, otherwise } = expectOk(await client('token.create-personal', { account, ...wish }));
    expect(token).toMatchObject({ state: 'active', access: 'admin' });
    expect(otherwise).toEqual([
      'asked for the access read, it has admin',
      'asked to expire on 2027-02-21, it does on 2027-11-23',
    ]);
  });

  test('is nothing where it is as asked', async () => {
    await using connected = await connectedCore();
    const { client, account } = connected;
    expect(expectOk(await client('token.create-personal', { account, ...wish }))).not.toHaveProperty('otherwise');
    const project = { project: web, scope: 'read-only', label: 'ours', keep: true } as const;
    expect(expectOk(await client('token.create-project', project))).not.toHaveProperty('otherwise');
  });
});
