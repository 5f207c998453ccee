import { describe, expect, test } from 'vitest';
import { callerOf, failureOf, testClient } from '../../support/circleci-client.ts';
import { json, scriptedHost, signedInUser } from '../../support/scripted-host.ts';

describe('who is it', () => {
  test.each([
    ['a page of HTML', 200, 'text/html', '<!DOCTYPE html>'],
    ['broken JSON', 200, 'application/json', '{"id":'],
    ['nothing', 204, 'application/json', ''],
    ['JSON without an identity', 200, 'application/json', '{"ok":true}'],
    ['a page that is not there', 404, 'text/html', '<h1>Not found</h1>'],
    ['a route that is not there', 404, 'application/json', '{"message":"Not found"}'],
    ['501', 501, 'application/json', '{}'],
  ])('%s: this is no CircleCI', async (_what, status, type, body) => {
    await using host = await scriptedHost((_request, response) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    await using client = testClient();
    expect(await failureOf(client.circleci.identify(callerOf(host)))).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('does not answer like a CircleCI'),
    });
  });

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [400, 'refused'],
    [422, 'refused'],
    [500, 'server-error'],
    [429, 'rate-limited'],
  ])('%i is %s', async (status, code) => {
    await using host = await scriptedHost((_request, response) => json(response, status, {}));
    await using client = testClient();
    expect(await failureOf(client.circleci.identify(callerOf(host)))).toMatchObject({
      code,
      message: expect.stringContaining('Nothing was changed.'),
      hint: expect.any(String),
    });
  });
});

describe('what one sees', () => {
  test('organizations and followed projects', async () => {
    await using host = await scriptedHost((request, response) => {
      if (request.path === '/api/v2/me/collaborations') json(response, 200, [{ slug: 'gh/acme', name: 'Acme' }]);
      else json(response, 200, [{ vcs_type: 'github', username: 'acme', reponame: 'web' }]);
    });
    await using client = testClient();
    expect(await client.circleci.organizations(callerOf(host))).toEqual([{ slug: 'gh/acme', name: 'Acme' }]);
    expect(await client.circleci.followedProjects(callerOf(host))).toEqual([{ slug: 'gh/acme/web', name: 'web' }]);
    expect(host.asked()).toEqual(['GET /api/v2/me/collaborations', 'GET /api/v1.1/projects?shallow=true']);
  });

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'unsupported'],
    [410, 'unsupported'],
    [400, 'refused'],
  ])('%i is %s', async (status, code) => {
    await using host = await scriptedHost((_request, response) => json(response, status, {}));
    await using client = testClient();
    expect(await failureOf(client.circleci.organizations(callerOf(host)))).toMatchObject({ code });
    expect(await failureOf(client.circleci.followedProjects(callerOf(host)))).toMatchObject({ code });
  });

  test('many at once share a few connections, and all are answered', async () => {
    const connections = new Set<number | undefined>();
    await using host = await scriptedHost((_request, response) => {
      connections.add(response.socket?.remotePort);
      json(response, 200, signedInUser);
    });
    await using client = testClient();
    const all = await Promise.all(Array.from({ length: 60 }, () => client.circleci.identify(callerOf(host))));
    expect(all).toHaveLength(60);
    expect(connections.size).toBeLessThanOrEqual(6);
  });
});
