import { expect, test } from 'vitest';
import { createApi } from '../../../../renderer/bridge/api.ts';
import { createRondoStore } from '../../../../renderer/state/store.ts';
import { failure, success } from '../../../../shared/contract/result.ts';
import { accountId, sampleAccount } from '../../../support/contract-samples.ts';
import { someMorning } from '../../../support/fake-clock.ts';

const host = 'https://circleci.com';
const signIn = 'e'.repeat(32);
const url = 'https://app.circleci.com/oauth/authorize?state=s';
const inventory = { accounts: [], projects: [], tokens: [], rotations: [] };

/** The other side, where each call waits until the test answers it. */
function bridge() {
  const asked: { channel: string; input: unknown; answer: (value: unknown) => void }[] = [];
  const api = createApi({
    call: (channel, input) => new Promise((answer) => asked.push({ channel, input, answer })),
    subscribe: () => () => {},
  });
  const store = createRondoStore(api, () => someMorning);
  return {
    state: store.getState,
    channels: () => asked.map(({ channel }) => channel),
    inputOf: (channel: string) => asked.findLast((one) => one.channel === channel)?.input,
    async answer(channel: string, value: unknown) {
      const index = asked.findLastIndex((one) => one.channel === channel);
      if (index === -1) throw new Error(`nobody asked ${channel}`);
      asked[index]?.answer(value);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('asks, has the page opened by its name and not by its address, waits, and closes when it is done', async () => {
  const { state, answer, inputOf, channels } = bridge();
  state().signInPressed({ host });
  expect(state()).toMatchObject({ overlay: { open: 'sign-in' }, signIn: { is: 'asking' } });
  expect(inputOf('account.sign-in-begin')).toEqual({ host });
  await answer('account.sign-in-begin', success({ signIn, url }));
  expect(state().signIn).toMatchObject({ is: 'waiting', signIn });
  expect(inputOf('page.open')).toEqual({ page: 'sign-in', signIn });
  await answer('page.open', success({}));
  await answer('account.sign-in-end', success({ account: sampleAccount(), earlier: 'none' }));
  expect(state()).toMatchObject({ overlay: { open: 'none' }, signIn: { is: 'none' } });
  await answer('inventory.read', success({ revision: 1, inventory }));
  expect(channels()).toContain('sync.run');
});

test('goes with the certificate authority of a host that has its own', async () => {
  const { state, inputOf } = bridge();
  const caPem = '-----BEGIN CERTIFICATE-----';
  state().signInPressed({ host, caPem });
  expect(inputOf('account.sign-in-begin')).toEqual({ host, caPem });
});

test('closing while it waits cancels, and what comes back later shows nothing any more', async () => {
  const { state, answer, inputOf } = bridge();
  state().signInPressed({ host });
  await answer('account.sign-in-begin', success({ signIn, url }));
  await answer('page.open', success({}));
  state().signInClosed();
  expect(inputOf('account.sign-in-cancel')).toEqual({ signIn });
  await answer('account.sign-in-end', failure({ code: 'stopped', message: 'cancelled' }));
  expect(state()).toMatchObject({ overlay: { open: 'none' }, signIn: { is: 'none' } });
});

test('closing before there is anything to wait for cancels as soon as there is', async () => {
  const { state, answer, inputOf, channels } = bridge();
  state().signInPressed({ host });
  state().signInClosed();
  await answer('account.sign-in-begin', success({ signIn, url }));
  expect(inputOf('account.sign-in-cancel')).toEqual({ signIn });
  expect(channels()).not.toContain('page.open');
});

test('a browser that cannot be opened ends it and says so', async () => {
  const { state, answer, inputOf } = bridge();
  const again = { account: accountId, name: 'work' };
  state().signInPressed({ host, again });
  expect(inputOf('account.sign-in-again')).toEqual({ id: accountId, client: 'fresh' });
  await answer('account.sign-in-again', success({ signIn, url }));
  await answer('page.open', failure({ code: 'internal', message: 'no browser' }));
  expect(state().signIn).toMatchObject({ is: 'failed', wanted: { again }, failure: { message: 'no browser' } });
  expect(inputOf('account.sign-in-cancel')).toEqual({ signIn });
});
