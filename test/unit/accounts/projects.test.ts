import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { withRows } from '../../support/in-between.ts';
import { temporaryCore } from '../../support/temporary-core.ts';

const warehouse = 'gh/tidewater/data-warehouse';
const web = 'gh/tidewater/web';

async function watched(connected: ConnectedCore): Promise<Record<string, string>> {
  const { projects } = expectOk(await connected.client('project.list', {}));
  return Object.fromEntries(projects.map((project) => [project.slug, project.watched]));
}

async function sync(connected: ConnectedCore) {
  connected.advance(1_000);
  return expectOk(await connected.client('sync.run', {})).sync;
}

async function addJonas({ client, between, sandbox }: ConnectedCore): Promise<string> {
  const jonas = sandbox.tokens().find(({ label }) => label === 'jonas-laptop')?.value ?? '';
  const value = new TextEncoder().encode(jonas);
  return expectOk(await client('account.add', { host: between.url, value })).account.id;
}

describe('the followed projects', () => {
  test('are known after a sync, sorted, with the names that CircleCI gives', async () => {
    await using connected = await connectedCore();
    const { projects } = expectOk(await connected.client('project.list', {}));
    expect(projects.map(({ slug }) => slug).toSorted()).toEqual(projects.map(({ slug }) => slug));
    expect(new Set(projects.map((project) => project.watched))).toEqual(new Set(['followed']));
    expect(projects.find(({ slug }) => slug.startsWith('circleci/'))?.name).toBe('search');
  });

  test('that are not followed any more are not watched, keep their tokens, and come back', async () => {
    await using connected = await connectedCore();
    const danger = await connected.pick({ label: 'danger' });
    connected.between.twist = ({ path }, ask) =>
      path.endsWith('/projects') ? withRows(ask, (row) => (row.reponame === 'web' ? undefined : row)) : ask();
    expect(await sync(connected)).toMatchObject({ projects: 5, gone: 0 });
    expect(await watched(connected)).toMatchObject({ [web]: 'no' });
    expect(await connected.pick({ label: 'danger' })).toEqual(danger);
    connected.between.twist = undefined;
    expect(await sync(connected)).toMatchObject({ projects: 6, added: 0 });
    expect(await watched(connected)).toMatchObject({ [web]: 'followed' });
  });
});

describe('adding a project', () => {
  test('watches it besides the followed ones, in one spelling, once', async () => {
    await using connected = await connectedCore();
    const slugs = ['github/tidewater/data-warehouse', warehouse];
    const { projects } = expectOk(await connected.client('project.add', { slugs }));
    expect(projects).toEqual([
      { slug: warehouse, account: connected.account, name: 'tidewater/data-warehouse', watched: 'added' },
    ]);
    expect(await sync(connected)).toMatchObject({ projects: 7, added: 1 });
    expect(await connected.pick({ label: 'airflow' })).toMatchObject({ project: warehouse });
    expect(await watched(connected), 'following is not asked of it').toMatchObject({ [warehouse]: 'added' });
    expectOk(await connected.client('project.add', { slugs: [web] }));
    await sync(connected);
    expect(await watched(connected)).toMatchObject({ [web]: 'added' });
  });

  test.each(['', 'gh', 'gh/a', 'gh/a/b/c', 'gh//b', 'gh/a/..', 'gh/a b/c', 'gh/a%2fb/c', 'https://github.com/a/b'])(
    'the malformed slug %j is refused whole',
    async (slug) => {
      await using temporary = await temporaryCore();
      const error = expectFailure(await temporary.client('project.add', { slugs: [warehouse, slug] }));
      expect(error.code).toBe('invalid-input');
      expect(error.message).toContain('slugs.1');
      expect(expectFailure(await temporary.client('project.remove', { slug })).code).toBe('invalid-input');
    },
  );

  test('needs an account: none, one that is not there, or several', async () => {
    await using temporary = await temporaryCore();
    expect(expectFailure(await temporary.client('project.add', { slugs: [web] }))).toMatchObject({ code: 'not-found' });
    await using connected = await connectedCore();
    const add = { slugs: [warehouse] };
    expect(expectFailure(await connected.client('project.add', { ...add, account: 'ffffff' })).code).toBe('not-found');
    const jonas = await addJonas(connected);
    const error = expectFailure(await connected.client('project.add', add));
    expect(error).toMatchObject({ code: 'ambiguous', details: { accounts: expect.arrayContaining([jonas]) } });
    expect(expectOk(await connected.client('project.add', { ...add, account: jonas })).projects[0]?.account).toBe(
      jonas,
    );
  });
});

describe('removing a project', () => {
  test('stops watching it for good, and keeps its tokens', async () => {
    await using connected = await connectedCore();
    const before = await connected.tokens();
    const { projects } = expectOk(await connected.client('project.remove', { slug: 'github/tidewater/web' }));
    expect(projects).toMatchObject([{ slug: web, watched: 'no' }]);
    expect(await sync(connected)).toMatchObject({ projects: 5, gone: 0 });
    expect(await watched(connected)).toMatchObject({ [web]: 'no' });
    expect((await connected.tokens()).map(({ id, state }) => [id, state])).toEqual(
      before.map(({ id, state }) => [id, state]),
    );
    expectOk(await connected.client('project.add', { slugs: [web] }));
    expect(await sync(connected), 'until the person adds it').toMatchObject({ projects: 6 });
  });

  test('that nobody knows, or that two accounts know', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    expect(expectFailure(await client('project.remove', { slug: warehouse })).code).toBe('not-found');
    const jonas = await addJonas(connected);
    await sync(connected);
    expect(expectFailure(await client('project.remove', { slug: web }))).toMatchObject({
      code: 'ambiguous',
      details: { accounts: expect.arrayContaining([jonas, connected.account]) },
    });
    const { projects } = expectOk(await client('project.remove', { slug: web, account: jonas }));
    expect(projects).toMatchObject([{ account: jonas, watched: 'no' }]);
  });
});

describe('a project token is made by', () => {
  const wish = { scope: 'status', label: 'new', keep: false } as const;

  test('the account that watches the project', async () => {
    await using connected = await connectedCore();
    await addJonas(connected);
    const billing = 'bb/tidewater-finance/billing';
    const { token } = expectOk(await connected.client('token.create-project', { ...wish, project: billing }));
    expect(token.account).toBe(connected.account);
  });

  test('nobody, while several watch it and none is named', async () => {
    await using connected = await connectedCore();
    const jonas = await addJonas(connected);
    await sync(connected);
    const before = connected.alive();
    const error = expectFailure(await connected.client('token.create-project', { ...wish, project: web }));
    expect(error).toMatchObject({ code: 'ambiguous', details: { accounts: expect.arrayContaining([jonas]) } });
    expect(connected.alive()).toEqual(before);
    const { token } = expectOk(
      await connected.client('token.create-project', { ...wish, project: web, account: jonas }),
    );
    expect(token.account).toBe(jonas);
  });

  test('the only account, where nobody watches the project', async () => {
    await using connected = await connectedCore();
    const { token } = expectOk(await connected.client('token.create-project', { ...wish, project: warehouse }));
    expect(token).toMatchObject({ account: connected.account, project: warehouse });
  });
});
