import { describe, expect, test } from 'vitest';
import { callerOf, failureOf, personalValue, testClient } from '../../support/circleci-client.ts';
import { json, scriptedHost } from '../../support/scripted-host.ts';

const slug = 'gh/acme/web';

describe('proofs', () => {
  test('every status is an answer, and the digest tells bodies apart', async () => {
    await using host = await scriptedHost((_request, response, number) => {
      if (number <= 2) json(response, 200, [{ build_num: 1 }]);
      else json(response, [401, 403, 404, 410][number - 3] ?? 418, { message: 'Project not found' });
    });
    await using client = testClient();
    const answers = [];
    for (let asked = 0; asked < 6; asked += 1) answers.push(await client.circleci.readProject(callerOf(host), slug));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 403, 404, 410]);
    expect(answers[0]?.digest).toBe(answers[1]?.digest);
    expect(answers[0]?.digest).not.toBe(answers[2]?.digest);
    expect(host.asked()[0]).toBe('GET /api/v1.1/project/gh/acme/web?limit=1');
    expect(client.memory.facts).toEqual({});
  });

  test('the badge is asked with the header, or with nothing; the value is never in the address', async () => {
    await using host = await scriptedHost((request, response) => {
      const known = request.headers['circle-token'] === personalValue;
      response
        .writeHead(200, { 'content-type': 'image/svg+xml' })
        .end(known ? '<svg>passing</svg>' : '<svg>unknown</svg>');
    });
    await using client = testClient();
    const withToken = await client.circleci.readBadge(callerOf(host), slug);
    const anonymous = await client.circleci.readBadge({ host: { origin: host.origin } }, slug);
    expect(withToken.digest).not.toBe(anonymous.digest);
    expect(host.asked()).toEqual(Array(2).fill('GET /gh/acme/web.svg?style=svg'));
    expect(host.requests.map(({ headers }) => headers['circle-token'])).toEqual([personalValue, undefined]);
    expect(client.points).toEqual([
      'request badge before',
      'request badge after',
      'request badge before',
      'request badge after',
    ]);
  });

  test('a redirect is an answer and is not followed: a sign-in page would look like a yes', async () => {
    await using host = await scriptedHost((request, response) => {
      if (request.path === '/login') json(response, 200, {});
      else
        response
          .writeHead(302, { location: request.headers['circle-token'] ? '/login' : 'https://else.example' })
          .end();
    });
    await using client = testClient();
    const known = await client.circleci.readProject(callerOf(host), slug);
    const anonymous = await client.circleci.readProject({ host: { origin: host.origin } }, slug);
    expect([known.status, anonymous.status]).toEqual([302, 302]);
    expect(known.digest).not.toBe(anonymous.digest);
    expect(host.requests).toHaveLength(2);
  });

  test.each([
    [429, 'rate-limited'],
    [503, 'server-error'],
  ])('%i proves nothing: %s', async (status, code) => {
    await using host = await scriptedHost((_request, response) => json(response, status, {}));
    await using client = testClient();
    expect(await failureOf(client.circleci.readProject(callerOf(host), slug))).toMatchObject({ code });
  });
});
