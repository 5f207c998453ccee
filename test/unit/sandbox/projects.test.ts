import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openSandbox } from '../../support/open-sandbox.ts';

const builds = z.array(z.looseObject({ build_num: z.int(), status: z.string(), start_time: z.iso.datetime() })).min(1);
const web = 'GET /api/v1.1/project/gh/tidewater/web';
const publicProject = 'GET /api/v1.1/project/gh/tidewater/design-system';

test('the followed projects are all but the one that is not followed, in CircleCI’s two forms', async () => {
  await using opened = await openSandbox();
  const { json } = await opened.ask('GET /api/v1.1/projects?shallow=true');
  const followed = z.array(z.looseObject({ username: z.string(), reponame: z.string(), slug: z.string().optional() }));
  const names = followed.parse(json).map(({ username, reponame }) => `${username}/${reponame}`);
  expect(names).toHaveLength(7);
  expect(names).toContain('tidewater-finance/billing');
  expect(names).not.toContain('tidewater/data-warehouse');
  expect(json).toContainEqual(
    expect.objectContaining({ vcs_url: 'https://github.com/tidewater/web', vcs_type: 'github', followed: true }),
  );
  expect(json).toContainEqual(
    expect.objectContaining({
      vcs_type: 'circleci',
      vcs_url: expect.stringMatching(/^\/\/circleci\.com\/\w{21,22}\/\w{21,22}$/),
      slug: expect.stringMatching(/^circleci\/\w{21,22}\/\w{21,22}$/),
      username: 'Tidewater Labs',
      reponame: 'search',
    }),
  );
  expect(json).not.toContainEqual(expect.objectContaining({ vcs_type: 'github', slug: expect.anything() }));
});

test('v2 describes a project under both spellings of its slug', async () => {
  await using opened = await openSandbox();
  const { json } = await opened.ask('GET /api/v2/project/github/tidewater/web');
  expect(json).toEqual({
    id: expect.any(String),
    slug: 'gh/tidewater/web',
    name: 'web',
    organization_name: 'tidewater',
    organization_slug: 'gh/tidewater',
    organization_id: expect.any(String),
    vcs_info: { vcs_url: 'https://github.com/tidewater/web', provider: 'github', default_branch: 'main' },
  });
});

test.each(['gh/tidewater/nothing', 'bb/tidewater-finance/billing'])(
  'v2 answers 404 to whoever may not know of %s',
  async (slug) => {
    await using opened = await openSandbox();
    const token = opened.valueOf('jonas-laptop');
    const { status, json } = await opened.ask(`GET /api/v2/project/${slug}`, { token });
    expect({ status, json }).toEqual({ status: 404, json: { message: 'Project not found' } });
  },
);

describe('a private project on v1.1', () => {
  test.each([
    ['a member', 'circleci-cli', undefined],
    ['a member’s token of read access', 'editor-extension', undefined],
    ['its own Read Only token', 'danger', 'gh/tidewater/web'],
    ['its own Admin token', 'deploy-bot', 'gh/tidewater/web'],
  ])('is read by %s', async (_who, label, project) => {
    await using opened = await openSandbox();
    const { status, json } = await opened.ask(web, { token: opened.valueOf(label, project) });
    expect(status).toBe(200);
    builds.parse(json);
  });

  test('answers its own Status token with 403', async () => {
    await using opened = await openSandbox();
    const { status, json } = await opened.ask(web, { token: opened.valueOf('status badge', 'gh/tidewater/web') });
    expect({ status, json }).toEqual({ status: 403, json: { message: 'Permission denied' } });
  });

  test('does not show to anybody else that it exists', async () => {
    await using opened = await openSandbox();
    const unknown = await opened.ask('GET /api/v1.1/project/gh/tidewater/nothing');
    expect({ status: unknown.status, json: unknown.json }).toEqual({
      status: 404,
      json: { message: 'Project not found' },
    });
    const strangers = [
      { headers: {} },
      { token: 'nonsense' },
      { token: opened.valueOf('hackday') },
      { token: opened.valueOf('grafana-exporter', 'gh/tidewater/api') },
      { token: opened.valueOf('deploy-bot', 'gh/tidewater/api') },
      { token: opened.valueOf('status badge', 'gh/tidewater/api') },
    ];
    for (const stranger of strangers) {
      const { status, text } = await opened.ask(web, stranger);
      expect({ status, text }).toEqual({ status: 404, text: unknown.text });
    }
  });
});

test('a public project is read by anybody, with the same answer', async () => {
  await using opened = await openSandbox();
  const anonymous = await opened.ask(publicProject, { headers: {} });
  expect(anonymous.status).toBe(200);
  builds.parse(anonymous.json);
  for (const token of ['nonsense', opened.valueOf('chromatic', 'gh/tidewater/design-system')]) {
    const { status, text } = await opened.ask(publicProject, { token });
    expect({ status, text }).toEqual({ status: 200, text: anonymous.text });
  }
  const body = { label: 'badge', scope: 'status' };
  const created = await opened.ask('POST /api/v1.1/project/gh/tidewater/design-system/token', { body });
  const { token } = z.object({ token: z.string() }).parse(created.json);
  expect((await opened.ask(publicProject, { token })).status).toBe(200);
});
