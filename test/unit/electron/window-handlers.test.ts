import { expect, test } from 'vitest';
import { createClient } from '../../../main/client.ts';
import type { PortClient } from '../../../main/core-process/port-client.ts';
import { windowHandlers } from '../../../main/electron/window-handlers.ts';
import { failure, type Result, success } from '../../../shared/contract/result.ts';
import { accountId, sampleAccount, sampleToken, tokenId } from '../../support/contract-samples.ts';

const stopped = failure({ code: 'stopped', message: 'The core has ended.' });

/** A core that answers by channel until it is ended. */
function someCore(answers: Readonly<Record<string, (input: unknown) => Result<unknown>>>) {
  const asked: string[] = [];
  let hasEnded = false;
  const dispatch: PortClient['dispatch'] = async (channel, input) => {
    asked.push(String(channel));
    return hasEnded ? stopped : (answers[String(channel)]?.(input) ?? stopped);
  };
  const core: PortClient = { dispatch, client: createClient(dispatch), subscribe: () => () => {}, close() {} };
  return { core, asked, end: () => (hasEnded = true) };
}

/** The window's handlers over a core that may be replaced, a clipboard of this test and a keychain that waits. */
function someWindow(first: PortClient) {
  const world = { core: first, clipboard: '', key: Promise.withResolvers<Uint8Array>() };
  const never = () => {
    throw new Error('nobody asks for this here');
  };
  const handlers = windowHandlers({
    core: () => world.core,
    vaultPath: '/v',
    door: never,
    lock: never,
    counted: never,
    clipboard: {
      state: never,
      clear: never,
      copyText: never,
      async copy(token, value) {
        world.clipboard = new TextDecoder().decode(value);
        value.fill(0);
        return { state: 'cleared', token };
      },
    },
    keychain: {
      state: never,
      checkUsable: never,
      remember: never,
      forget: never,
      open: async (unlock) => unlock(await world.key.promise),
    },
    settings: { read: never, change: never },
    settingsChanged: never,
    otherVaultSeen: never,
    openExternal: never,
  });
  return { handlers, world };
}

/** Whose token has a value, on this host. */
function holding(host: string, token = sampleToken({ scope: 'status' })) {
  const value = new TextEncoder().encode('CCIPRJ_value');
  const { core, asked } = someCore({
    'token.take': () => success({ value }),
    'token.show': () => success({ token, history: [], destinations: [] }),
    'account.list': () => success({ accounts: [sampleAccount({ id: accountId, host })] }),
  });
  return { ...someWindow(core), value, asked };
}

test.each(['https://circleci.com', 'https://ci.example.org'])('a badge is copied with the host %s', async (host) => {
  const { handlers, world, value } = holding(host);
  await handlers['token.copy']({ id: tokenId, as: 'badge' });
  expect(world.clipboard).toBe(
    `[![CircleCI](${host}/gh/acme/web.svg?style=svg&circle-token=CCIPRJ_value)](${host}/gh/acme/web)`,
  );
  expect(value.every((byte) => byte === 0)).toBe(true);
});

test('what is copied as it is, is the value', async () => {
  const { handlers, world, value } = holding('https://circleci.com');
  await handlers['token.copy']({ id: tokenId });
  expect(world.clipboard).toBe('CCIPRJ_value');
  expect(value.every((byte) => byte === 0)).toBe(true);
});

test.each([
  ['no Status token', sampleToken({ scope: 'admin' }), 'unsupported'],
  ['nobody’s any more', sampleToken({ scope: 'status', account: 'f'.repeat(32) }), 'not-found'],
] as const)('%s: no badge, and no value is asked for', async (_what, token, code) => {
  const { handlers, world, asked } = holding('https://circleci.com', token);
  await expect(handlers['token.copy']({ id: tokenId, as: 'badge' })).rejects.toMatchObject({ code });
  expect(world.clipboard).toBe('');
  expect(asked).not.toContain('token.take');
});

test('what the keychain gives after a lock opens no other core', async () => {
  const before = someCore({ 'vault.unlock': () => success({}) });
  const { handlers, world } = someWindow(before.core);
  const unlocking = handlers['keychain.unlock']({});
  // Locked while the system asks.
  before.end();
  const fresh = someCore({ 'vault.unlock': () => success({}) });
  world.core = fresh.core;
  world.key.resolve(new Uint8Array(32));
  await expect(unlocking).rejects.toMatchObject({ code: 'stopped' });
  expect(fresh.asked).toEqual([]);
});
