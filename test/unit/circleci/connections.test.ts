import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { certificateFor } from '../../support/certificates.ts';
import { callerOf, failureOf, personalValue, testClient } from '../../support/circleci-client.ts';
import { json, scriptedHost, signedInUser } from '../../support/scripted-host.ts';

const certificate = certificateFor('DNS:circleci.test', 'IP:127.0.0.1', 'DNS:localhost');

/** A proxy that reaches `circleci.test` at `port` on this machine, and remembers what it was asked to reach. */
async function proxyTo(port: number) {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    httpRequest({ port, path: '/', method: 'GET' }, (answer) => answer.pipe(response)).end();
  });
  server.on('connect', (incoming, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    credentials.push(incoming.headers['proxy-authorization']);
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end.on('error', () => {});
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

const greeting = () => scriptedHost((_request, response) => json(response, 200, signedInUser), certificate);

describe('TLS', () => {
  test('a host with its own authority is trusted when that authority is given', async () => {
    await using host = await greeting();
    await using client = testClient();
    const who = await client.circleci.identify(callerOf({ origin: host.origin, caPem: certificate.caPem }));
    expect(who.login).toBe('ada');
  });

  test('without it nothing is sent, and the hint says what to give', async () => {
    await using host = await greeting();
    await using client = testClient();
    const failure = await failureOf(client.circleci.identify(callerOf(host)));
    expect(failure).toMatchObject({
      code: 'network',
      message: expect.stringContaining('certificate is not trusted'),
      hint: expect.stringContaining('PEM'),
      details: { remedy: 'account.authority' },
    });
    const create = client.circleci.createToken(callerOf(host), { kind: 'personal' }, { label: 'x' });
    expect(await failureOf(create)).toMatchObject({ code: 'network' });
    expect(host.requests).toHaveLength(0);
  });

  test('an authority given for one host is not trusted for another', async () => {
    await using host = await greeting();
    await using client = testClient();
    await client.circleci.identify(callerOf({ origin: host.origin, caPem: certificate.caPem }));
    expect(await failureOf(client.circleci.identify(callerOf(host)))).toMatchObject({ code: 'network' });
  });

  test('a certificate for another name is not trusted', async () => {
    const other = certificateFor('DNS:other.test');
    await using host = await scriptedHost((_request, response) => json(response, 200, signedInUser), other);
    await using client = testClient();
    const failure = await failureOf(client.circleci.identify(callerOf({ origin: host.origin, caPem: other.caPem })));
    expect(failure).toMatchObject({
      code: 'network',
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
    expect(host.requests).toHaveLength(0);
  });

  test('several authorities in one file are all trusted, with text around them', async () => {
    await using host = await greeting();
    await using client = testClient();
    const caPem = `${certificateFor('DNS:x').caPem}\n${certificate.caPem}\n`;
    expect(await client.circleci.identify(callerOf({ origin: host.origin, caPem }))).toMatchObject({ login: 'ada' });
  });

  test.each([
    ['-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n'],
    ['-----BEGIN CERTIFICATE-----'],
    [`${certificate.caPem}-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n`],
  ])('what is no authority is refused before anything is sent', async (caPem) => {
    await using client = testClient();
    const failure = await failureOf(client.circleci.identify(callerOf({ origin: 'https://ci.example.com', caPem })));
    expect(failure).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('certificate authority'),
      details: { remedy: 'account.authority' },
    });
  });

  test('plain http on a TLS port and TLS on a plain port are network failures', async () => {
    await using tls = await greeting();
    await using plain = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    await using client = testClient();
    const answers = await Promise.all([
      failureOf(client.circleci.identify(callerOf({ origin: `http://127.0.0.1:${tls.port}` }))),
      failureOf(client.circleci.identify(callerOf({ origin: `https://127.0.0.1:${plain.port}` }))),
    ]);
    expect(answers.map(({ code }) => code)).toEqual(['network', 'network']);
  });
});

describe('proxies of the environment', () => {
  const origin = 'https://circleci.test';
  const { caPem } = certificate;

  test.each([
    ['HTTPS_PROXY', (address: string) => ({ HTTPS_PROXY: `http://${address}` })],
    [
      'https_proxy before HTTPS_PROXY',
      (address: string) => ({ https_proxy: `http://${address}`, HTTPS_PROXY: 'http://127.0.0.1:1' }),
    ],
    ['an address without a scheme', (address: string) => ({ HTTPS_PROXY: address })],
    ['HTTP_PROXY where there is no other', (address: string) => ({ HTTP_PROXY: `http://${address}` })],
  ])('%s: the host is reached through a tunnel, and the proxy does not see the token', async (_what, environment) => {
    await using host = await greeting();
    await using proxy = await proxyTo(host.port);
    await using client = testClient({ environment: environment(proxy.address) });
    expect(await client.circleci.identify(callerOf({ origin, caPem }))).toMatchObject({ login: 'ada' });
    expect(proxy.asked).toEqual(['CONNECT circleci.test:443']);
    expect(host.requests[0]?.headers).toMatchObject({ 'circle-token': personalValue, host: 'circleci.test' });
    expect(host.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('a password in the address is for the proxy only', async () => {
    await using host = await greeting();
    await using proxy = await proxyTo(host.port);
    await using client = testClient({ environment: { HTTPS_PROXY: `http://me:pass%20word@${proxy.address}` } });
    await client.circleci.identify(callerOf({ origin, caPem }));
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:pass word').toString('base64')}`]);
    expect(JSON.stringify(host.requests[0]?.headers)).not.toContain('Basic');
  });

  test('NO_PROXY goes around it', async () => {
    await using host = await greeting();
    await using proxy = await proxyTo(host.port);
    const around = { HTTPS_PROXY: `http://${proxy.address}`, NO_PROXY: 'example.com, .test' };
    await using client = testClient({ environment: around });
    // Nobody but the proxy knows this name.
    expect(await failureOf(client.circleci.identify(callerOf({ origin, caPem })))).toMatchObject({ code: 'network' });
    expect(proxy.asked).toEqual([]);
  });

  test('this machine is never reached through a proxy, which would see the token in plain http', async () => {
    await using host = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    await using proxy = await proxyTo(host.port);
    const environment = { HTTP_PROXY: `http://${proxy.address}`, HTTPS_PROXY: `http://${proxy.address}` };
    await using client = testClient({ environment });
    await client.circleci.identify(callerOf(host));
    await client.circleci.identify(callerOf({ origin: `http://localhost:${host.port}` }));
    expect(proxy.asked).toEqual([]);
  });

  test('a proxy that is not there, or says no, is a network failure: nothing was sent', async () => {
    await using refusing = await scriptedHost(() => {});
    const environments = [{ HTTPS_PROXY: 'http://127.0.0.1:1' }, { HTTPS_PROXY: refusing.origin }];
    for (const environment of environments) {
      // undici 7 asks a proxy that hangs up again and again: the limit of the whole answer ends that.
      await using client = testClient({ environment, limits: { answerMs: 500 } });
      const create = client.circleci.createToken(callerOf({ origin, caPem }), { kind: 'personal' }, { label: 'x' });
      expect(await failureOf(create)).toMatchObject({
        code: 'network',
        message: expect.stringContaining('No token was created.'),
      });
    }
  });

  test.each([['socks9://x'], ['http://'], ['http://user:secret@ho st:1']])(
    'the proxy %j is refused, and not repeated in the message',
    async (address) => {
      await using client = testClient({ environment: { HTTPS_PROXY: address } });
      const failure = await failureOf(client.circleci.identify(callerOf({ origin, caPem })));
      expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('HTTPS_PROXY') });
      expect(JSON.stringify(failure)).not.toContain('secret');
    },
  );
});
