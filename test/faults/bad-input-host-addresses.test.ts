// What is given as CircleCI's address, against `account add`: whatever is there, nothing is kept, the token goes nowhere
// that it should not, and no output holds it.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import { type Certificate, certificateFor } from '../support/certificates.ts';
import { personalValue } from '../support/circleci-client.ts';
import { type ConnectedCli, connectedCli } from '../support/connected-cli.ts';
import { expectRefused } from '../support/expect-refused.ts';
import { json, type Script, scriptedHost, signedInUser } from '../support/scripted-host.ts';

let cli: ConnectedCli;
let certificate: Certificate;
beforeAll(async () => {
  cli = await connectedCli();
  certificate = certificateFor('IP:127.0.0.1');
});
afterAll(() => cli[Symbol.asyncDispose]());

async function refused(host: string, code: ErrorCode, says: RegExp, ca?: string): Promise<object> {
  return expectRefused(cli, {
    arguments: ['account', 'add', '--host', host, ...(ca === undefined ? [] : ['--ca', '/ca.pem'])],
    options: { stdin: personalValue, ...(ca === undefined ? {} : { files: { '/ca.pem': ca } }) },
    code,
    says,
    secrets: [personalValue],
  });
}

describe('An address that is none, or not a safe one, is refused before anything is sent', () => {
  test.each([
    ['plain http to another machine', 'http://circleci.example.com', /plain http/],
    ['plain http to an address of another machine', 'http://192.168.1.10', /plain http/],
    ['plain http to a name that only looks like this machine', 'http://localhost.example.com', /plain http/],
    ['a user and a password', 'https://maya:canary-secret@circleci.com', /user name or password/],
    ['a user alone', 'https://canary-secret@circleci.com', /user name or password/],
    ['a path that is no API', 'https://circleci.com/canary-secret/settings', /holds a path/],
    ['a query', 'https://circleci.com/?circle-token=canary-secret', /query/],
    ['a fragment', 'https://circleci.com/#canary-secret', /query or a fragment/],
    ['another protocol', 'ftp://circleci.com', /neither https nor http/],
    ['a script', 'javascript://circleci.com/%0Aalert(1)', /neither https nor http/],
    ['a file', 'file:///etc/passwd', /web address|neither https/],
    ['an empty text', '', /not a web address/],
    ['spaces', '   ', /not a web address/],
    ['a space inside', 'https://circleci .com', /not a web address/],
    ['a line break', 'https://circleci.com\r\nHost: evil.example', /not a web address/],
    ['a direction mark', 'https://circleci\u202e.com', /not a web address/],
    ['a bracket too few', 'https://[::1', /not a web address/],
    ['a port that is none', 'https://circleci.com:99999', /not a web address/],
    ['a back slash', 'https://circleci.com\\@evil.example', /not a web address/],
    ['10 000 characters', `https://${'a'.repeat(10_000)}.example`, /host: /],
    ['the token itself, pasted into the wrong place', personalValue, /is a token/],
  ] as const)('%s', async (_name, host, says) => {
    const error = await refused(host, 'invalid-input', says);
    expect(JSON.stringify(error)).not.toContain('canary-secret');
  });

  test.each([
    ['text', 'not a certificate', /not a PEM file/],
    ['an empty file', '', /not a PEM file/],
    [
      'a PEM frame around nothing',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      /could not be read/,
    ],
  ] as const)('with a certificate authority that is %s', async (_name, ca, says) => {
    await refused('https://127.0.0.1:1', 'invalid-input', says, ca);
  });
});

describe('Where nobody answers', () => {
  test('a name that does not exist is said so', async () => {
    await refused('https://circleci.invalid', 'network', /circleci\.invalid was not reached: its name was not found/);
  });

  test('a port where nothing listens is said so', async () => {
    await refused('http://127.0.0.1:1', 'network', /nothing listens there/);
  });

  test('a host that closes the connection is asked again, and then said so', async () => {
    const server = createServer((socket) => socket.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await refused(`http://127.0.0.1:${port}`, 'network', /connection ended before an answer/);
    server.close();
  });

  test('a certificate of an unknown authority is not trusted; with --ca it is', async () => {
    const answers: Script = (_request, response) => json(response, 200, signedInUser);
    await using host = await scriptedHost(answers, certificate);
    await refused(host.origin, 'network', /its certificate is not trusted/);
    expect(host.requests).toEqual([]);
    const vaultDir = cli.copy();
    const ran = await cli.run(['account', 'add', '--host', host.origin, '--ca', '/ca.pem', '--json'], {
      vaultDir,
      stdin: personalValue,
      files: { '/ca.pem': certificate.caPem },
    });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(ran.stdout).account).toMatchObject({ host: host.origin, login: 'ada' });
  });

  test('an authority that is not the host’s does not help', async () => {
    await using host = await scriptedHost((_request, response) => json(response, 200, signedInUser), certificate);
    const other = certificateFor('IP:127.0.0.1');
    await refused(host.origin, 'network', /its certificate is not trusted/, other.caPem);
    expect(host.requests).toEqual([]);
  });

  test('a certificate for another name is not trusted', async () => {
    const other = certificateFor('DNS:circleci.test');
    await using host = await scriptedHost((_request, response) => json(response, 200, signedInUser), other);
    await refused(host.origin, 'network', /certificate is not trusted/, other.caPem);
    expect(host.requests).toEqual([]);
  });

  test('speaking TLS to a host without it, or the other way round', async () => {
    await using plain = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    await refused(plain.origin.replace('http:', 'https:'), 'network', /was not reached|was lost/);
    await using secure = await scriptedHost((_request, response) => json(response, 200, signedInUser), certificate);
    await refused(secure.origin.replace('https:', 'http:'), 'network', /was not reached|was lost/);
    expect([...plain.requests, ...secure.requests]).toEqual([]);
  });
});
