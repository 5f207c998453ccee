// What a host answers that is no CircleCI, or is none any more: nothing is kept, and the token goes nowhere else.
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import { personalValue } from '../support/circleci-client.ts';
import { type ConnectedCli, connectedCli } from '../support/connected-cli.ts';
import { expectRefused, sandboxState } from '../support/expect-refused.ts';
import { json, type Script, scriptedHost, signedInUser } from '../support/scripted-host.ts';

/** 50 MB are more than this by far, and a hang need not be waited for. */
const limits = { answerMs: 400, maxAnswerBytes: 200_000 };

let cli: ConnectedCli;
beforeAll(async () => {
  cli = await connectedCli({ circleciLimits: limits });
});
afterAll(() => cli[Symbol.asyncDispose]());

async function refused(host: string, code: ErrorCode, says: RegExp): Promise<void> {
  await expectRefused(cli, {
    arguments: ['account', 'add', '--host', host],
    options: { stdin: personalValue },
    code,
    says,
    secrets: [personalValue],
  });
}

describe('A host that answers, but not as CircleCI', () => {
  const page = (response: ServerResponse, status: number) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sign in</title><p>\u001b[31mWelcome');
  };
  const noCircleCi = /did not say whose token this is: this host does not answer like a CircleCI/;
  const scripts: readonly (readonly [string, ErrorCode, RegExp, Script])[] = [
    ['a page in HTML', 'unsupported', noCircleCi, (_ask, response) => page(response, 200)],
    ['nothing', 'unsupported', noCircleCi, (_ask, response) => response.end()],
    ['204', 'unsupported', noCircleCi, (_ask, response) => response.writeHead(204).end()],
    ['broken JSON', 'unsupported', noCircleCi, (_ask, response) => response.end('{"id": "5a8e", "login"')],
    ['JSON of something else', 'unsupported', noCircleCi, (_ask, response) => json(response, 200, { ok: true })],
    ['JSON without a login', 'unsupported', noCircleCi, (_ask, response) => json(response, 200, { id: '1' })],
    ['null', 'unsupported', noCircleCi, (_ask, response) => json(response, 200, null)],
    ['a list', 'unsupported', noCircleCi, (_ask, response) => json(response, 200, [signedInUser])],
    [
      '401',
      'unauthorized',
      /401: Invalid token/,
      (_ask, response) => json(response, 401, { message: 'Invalid token provided.' }),
    ],
    ['403', 'forbidden', /403/, (_ask, response) => json(response, 403, { message: 'Permission denied' })],
    ['a 403 of HTML', 'forbidden', /\(403\)/, (_ask, response) => page(response, 403)],
    ['404', 'unsupported', noCircleCi, (_ask, response) => json(response, 404, { message: 'Not found' })],
    ['410', 'unsupported', noCircleCi, (_ask, response) => json(response, 410, {})],
    ['418', 'refused', /418/, (_ask, response) => json(response, 418, {})],
    ['429', 'rate-limited', /too many requests/, (_ask, response) => json(response, 429, {})],
    [
      '429 for an hour',
      'rate-limited',
      /too many/,
      (_ask, response) => json(response, 429, {}, { 'retry-after': '3600' }),
    ],
    ['500', 'server-error', /500/, (_ask, response) => json(response, 500, { message: 'Oh no' })],
    ['a 502 of HTML', 'server-error', /\(502\)/, (_ask, response) => page(response, 502)],
    [
      'its secret back',
      'unauthorized',
      /401/,
      (ask, response) => json(response, 401, { message: `no: ${ask.headers['circle-token']}` }),
    ],
    [
      'terminal codes',
      'unauthorized',
      /\\u001b\[2J/,
      (_ask, response) => json(response, 401, { message: 'a\u001b[2J\u202eb' }),
    ],
    ['never', 'network', /did not answer in time/, () => {}],
    ['its head and then never', 'network', /did not answer in time/, (_ask, response) => response.write('{"id":')],
    [
      'half and then leaves',
      'network',
      /was lost/,
      (_ask, response) => {
        response.writeHead(200, { 'content-length': '500' });
        response.write('{"id":');
        setImmediate(() => response.destroy());
      },
    ],
    ['50 MB', 'server-error', /too large/, (_ask, response) => pour(response, 50_000_000)],
    [
      'nothing but a redirect to itself',
      'refused',
      /sent us on to/,
      (_ask, response) => response.writeHead(302, { location: '/api/v2/me' }).end(),
    ],
    [
      'a redirect without an address',
      'refused',
      /sent us on to nowhere/,
      (_ask, response) => response.writeHead(302).end(),
    ],
    [
      'a redirect to a script',
      'refused',
      /sent us on to/,
      (_ask, response) => response.writeHead(302, { location: 'javascript:1' }).end(),
    ],
  ];

  test.each(scripts)('%s: %s', async (_name, code, says, script) => {
    await using host = await scriptedHost(script);
    await refused(host.origin, code, says);
  });

  test('another host behind a redirect never hears of the token', async () => {
    await using elsewhere = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `${elsewhere.origin}/api/v2/me`;
      await using host = await scriptedHost((_request, response) => response.writeHead(status, { location }).end());
      await refused(host.origin, 'refused', /sent us on to http:\/\/127\.0\.0\.1:\d+\. We did not follow/);
      expect(elsewhere.requests).toEqual([]);
    }
  });

  /** As fast as it is read. */
  function pour(response: ServerResponse, bytes: number): void {
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    let left = bytes;
    const more = () => {
      while (left > 0 && !response.destroyed) {
        left -= chunk.length;
        if (!response.write(chunk)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  }
});

describe('An account whose host stops being CircleCI', () => {
  const rows: readonly (readonly [string, ErrorCode, number, Script])[] = [
    ['a page in HTML', 'unsupported', 5, (_ask, response) => response.writeHead(200).end('<html>')],
    [
      'a redirect away',
      'refused',
      5,
      (_ask, response) => response.writeHead(302, { location: 'https://sso.example' }).end(),
    ],
    ['never', 'network', 6, () => {}],
    ['500', 'server-error', 6, (_ask, response) => json(response, 500, {})],
    ['the identity of somebody else', 'unauthorized', 5, (_ask, response) => json(response, 200, signedInUser)],
  ];

  test.each(rows)('%s: sync says so, and every token stays as it was', async (_name, code, exitCode, script) => {
    await using host = await scriptedHost(script);
    const vaultDir = cli.copy();
    const before = await cli.inventory(vaultDir);
    cli.connected.between.twist = async (asked) => {
      try {
        const answer = await fetch(host.origin + asked.path, {
          redirect: 'manual',
          signal: AbortSignal.timeout(1_000),
        });
        const location = answer.headers.get('location');
        return {
          status: answer.status,
          body: await answer.text(),
          headers: { 'content-type': 'text/html', ...(location === null ? {} : { location }) },
        };
      } catch {
        return new Promise(() => {});
      }
    };
    const there = sandboxState(cli);
    const ran = await cli.run(['sync', '--json'], { vaultDir });
    cli.connected.between.twist = undefined;
    expect(ran.exitCode).toBe(exitCode);
    const { sync } = JSON.parse(ran.stdout);
    expect(sync).toMatchObject({ accounts: 0, added: 0, changed: 0, gone: 0 });
    expect(sync.failed).toMatchObject([{ error: { code, message: expect.stringContaining('Nothing was changed.') } }]);
    expect((await cli.inventory(vaultDir)).tokens).toEqual(before.tokens);
    expect(sandboxState(cli)).toEqual(there);
  });
});
