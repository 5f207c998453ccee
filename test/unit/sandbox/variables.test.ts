import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type OpenSandbox, openSandbox } from '../../support/open-sandbox.ts';

const named = z.looseObject({ id: z.string(), name: z.string() });
const listed = z.looseObject({
  items: z.array(
    z.looseObject({
      variable: z.string(),
      truncated_value: z.string(),
      created_at: z.iso.datetime(),
      updated_at: z.iso.datetime(),
    }),
  ),
  next_page_token: z.string().nullable(),
});
const project = '/api/v2/project/gh/tidewater/web/envvar';

async function organization(opened: OpenSandbox, slug: string): Promise<string> {
  const { json } = await opened.ask('GET /api/v2/me/collaborations');
  const rows = z.array(z.looseObject({ id: z.string().nullable(), slug: z.string() })).parse(json);
  return rows.find((row) => row.slug === slug)?.id ?? '';
}

async function contexts(opened: OpenSandbox): Promise<Map<string, string>> {
  const owner = await organization(opened, 'gh/tidewater');
  const { json } = await opened.ask(`GET /api/v2/context?owner-id=${owner}&owner-type=organization`);
  const { items } = z.looseObject({ items: z.array(named) }).parse(json);
  return new Map(items.map(({ id, name }) => [name, id]));
}

async function variablesOf(opened: OpenSandbox, name: string): Promise<string> {
  return `/api/v2/context/${(await contexts(opened)).get(name)}/environment-variable`;
}

const statusOf = async (opened: OpenSandbox, request: string, asked = {}) => (await opened.ask(request, asked)).status;

describe('contexts', () => {
  test('are listed for an owner that one belongs to', async () => {
    await using opened = await openSandbox();
    expect([...(await contexts(opened)).keys()]).toEqual(['release', 'orb-publishing', 'infrastructure', 'everything']);
    expect((await opened.ask('GET /api/v2/context?owner-slug=gh/tidewater')).json).toMatchObject({
      items: [{ name: 'release' }, {}, {}, {}],
      next_page_token: null,
    });
    const finance = await organization(opened, 'bb/tidewater-finance');
    const token = opened.valueOf('jonas-laptop');
    expect(await statusOf(opened, `GET /api/v2/context?owner-id=${finance}`, { token })).toBe(404);
    expect(await statusOf(opened, 'GET /api/v2/context')).toBe(400);
  });

  test('a server knows owners by their id only', async () => {
    await using opened = await openSandbox({ variants: ['server'] });
    expect(await statusOf(opened, 'GET /api/v2/context?owner-slug=gh/tidewater')).toBe(400);
    expect((await contexts(opened)).size).toBe(4);
  });

  test('one that is not there or not ours is forbidden, not missing', async () => {
    await using opened = await openSandbox();
    const release = await variablesOf(opened, 'release');
    const missing = '/api/v2/context/6e2b1c3d-0000-4000-8000-000000000000';
    for (const request of [`GET ${missing}`, `GET ${missing}/environment-variable`]) {
      expect(await statusOf(opened, request), request).toBe(403);
    }
    expect(await statusOf(opened, `DELETE ${missing}/environment-variable/A`)).toBe(403);
    expect(await statusOf(opened, `GET ${release}`, { headers: {} })).toBe(401);
    expect(await statusOf(opened, `GET ${release}`, { token: opened.valueOf('deploy-bot', 'gh/tidewater/web') })).toBe(
      401,
    );
  });

  test('show the end of a value and nothing more', async () => {
    await using opened = await openSandbox();
    const release = await variablesOf(opened, 'release');
    const { items } = listed.parse((await opened.ask(`GET ${release}`)).json);
    expect(items.map(({ variable }) => variable)).toEqual(['CIRCLE_TOKEN', 'NPM_TOKEN', 'SLACK_WEBHOOK']);
    expect(items[0]?.truncated_value).toBe(opened.valueOf('release-please').slice(-4));
    await opened.ask(`PUT ${release}/SHORT`, { body: { value: 'abcde' } });
    const after = listed.parse((await opened.ask(`GET ${release}`)).json).items;
    expect(after.find(({ variable }) => variable === 'SHORT')?.truncated_value).toBe('de');
    expect(await statusOf(opened, `GET ${release}/SHORT`)).toBe(404);
  });

  test('a write moves updated_at, also of the same value, and answers no part of it', async () => {
    await using opened = await openSandbox();
    const release = await variablesOf(opened, 'release');
    const before = listed.parse((await opened.ask(`GET ${release}`)).json).items[0];
    opened.clock.advance(5_000);
    const put = await opened.ask(`PUT ${release}/CIRCLE_TOKEN`, { body: { value: opened.valueOf('release-please') } });
    expect(put.status).toBe(200);
    expect(Object.keys(z.looseObject({}).parse(put.json))).toEqual([
      'variable',
      'context_id',
      'created_at',
      'updated_at',
    ]);
    const after = listed.parse((await opened.ask(`GET ${release}`)).json).items[0];
    expect(after).toEqual({ ...before, updated_at: new Date(opened.clock.now()).toISOString() });
  });

  test('a misspelt key stores an empty value, an empty body is refused', async () => {
    await using opened = await openSandbox();
    const release = await variablesOf(opened, 'release');
    expect(await statusOf(opened, `PUT ${release}/NPM_TOKEN`, { body: { Value: 'precious' } })).toBe(200);
    const { items } = listed.parse((await opened.ask(`GET ${release}`)).json);
    expect(items.find(({ variable }) => variable === 'NPM_TOKEN')?.truncated_value).toBe('');
    const empty = await opened.ask(`PUT ${release}/NPM_TOKEN`, { body: {} });
    expect({ status: empty.status, json: empty.json }).toEqual({ status: 400, json: { message: 'Invalid body.' } });
  });

  test('the second page is the first one again', async () => {
    await using opened = await openSandbox();
    const everything = await variablesOf(opened, 'everything');
    const first = listed.parse((await opened.ask(`GET ${everything}`)).json);
    expect(first.items).toHaveLength(100);
    expect(first.next_page_token).not.toBeNull();
    const second = await opened.ask(`GET ${everything}?page-token=${first.next_page_token}`);
    expect(second.json).toEqual(first);
    expect(await statusOf(opened, `PUT ${everything}/ONE_MORE`, { body: { value: 'x' } })).toBe(400);
    expect(await statusOf(opened, `PUT ${everything}/SETTING_1`, { body: { value: 'x' } })).toBe(200);
  });

  test('are changed by members with write access, restricted ones by those who are named', async () => {
    await using opened = await openSandbox();
    const release = await variablesOf(opened, 'release');
    const infrastructure = await variablesOf(opened, 'infrastructure');
    const put = async (variables: string, token?: string) =>
      statusOf(opened, `PUT ${variables}/A`, { body: { value: 'x' }, ...(token === undefined ? {} : { token }) });
    expect(await put(release, opened.valueOf('editor-extension'))).toBe(403);
    expect(await put(release, opened.valueOf('release-please'))).toBe(200);
    expect(await put(infrastructure)).toBe(403);
    expect(await put(infrastructure, opened.valueOf('jonas-laptop'))).toBe(200);
    expect(await statusOf(opened, `GET ${infrastructure}`)).toBe(200);
    expect(await statusOf(opened, `DELETE ${release}/A`)).toBe(200);
    expect(await statusOf(opened, `DELETE ${release}/A`)).toBe(404);
  });
});

describe('project variables', () => {
  test('are masked down to the end, in lists, alone and when written', async () => {
    await using opened = await openSandbox();
    const tail = opened.valueOf('danger', 'gh/tidewater/web').slice(-4);
    const row = { name: 'DANGER_CIRCLE_CI_API_TOKEN', value: `xxxx${tail}`, created_at: expect.any(String) };
    expect((await opened.ask(`GET ${project}`)).json).toMatchObject({ items: [row, {}], next_page_token: null });
    expect((await opened.ask(`GET ${project}/DANGER_CIRCLE_CI_API_TOKEN`)).json).toEqual(row);
    const written = await opened.ask(`POST ${project}`, { body: { name: 'FRESH', value: '0123456789' } });
    expect({ status: written.status, json: written.json }).toEqual({
      status: 201,
      json: { name: 'FRESH', value: 'xxxx6789', created_at: new Date(opened.clock.now()).toISOString() },
    });
  });

  test('are replaced by another POST, which no list can tell but by the end', async () => {
    await using opened = await openSandbox();
    const before = (await opened.ask(`GET ${project}/SENTRY_DSN`)).json;
    opened.clock.advance(1_000);
    await opened.ask(`POST ${project}`, { body: { name: 'SENTRY_DSN', value: 'another one' } });
    expect((await opened.ask(`GET ${project}/SENTRY_DSN`)).json).toEqual({ ...Object(before), value: 'xxxx one' });
    expect((await opened.state()).projectVariables['gh/tidewater/web']).toMatchObject({ SENTRY_DSN: 'another one' });
  });

  test('refuse what is no variable, and whoever may not change them', async () => {
    await using opened = await openSandbox();
    const post = async (body: object, more = {}) => statusOf(opened, `POST ${project}`, { body, ...more });
    expect(await post({ name: '1', value: 'x' })).toBe(400);
    expect(await post({ name: 'A' })).toBe(400);
    expect(await post({ name: 'A', value: 'x'.repeat(32_769) })).toBe(400);
    const reading = { token: opened.valueOf('editor-extension') };
    expect(await post({ name: 'A', value: 'x' }, reading)).toBe(403);
    expect(await statusOf(opened, `GET ${project}`, reading)).toBe(200);
    expect(await statusOf(opened, 'GET /api/v2/project/gh/tidewater/infrastructure/envvar')).toBe(403);
    expect(await statusOf(opened, 'GET /api/v2/project/gh/nobody/nothing/envvar')).toBe(404);
    expect(await statusOf(opened, 'GET /api/v2/project/gh%2Ftidewater%2Fweb/envvar')).toBe(404);
    expect(await statusOf(opened, `DELETE ${project}/SENTRY_DSN`)).toBe(200);
    expect(await statusOf(opened, `DELETE ${project}/SENTRY_DSN`)).toBe(404);
  });
});
