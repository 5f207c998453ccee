import { expect, test } from 'vitest';
import type { SandboxToken } from '../../../shared/contract/sandbox.ts';
import { byHand, bytes } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';

/**
 * The first create gets no answer and makes nothing; meanwhile a person makes a token of the same name by hand and gives
 * it to the account. Then it is the one new row of the list, and yet nobody's orphan.
 */
function signedInMeanwhile({ between, sandbox, client }: ConnectedCore): () => SandboxToken {
  let made: SandboxToken | undefined;
  between.twist = async ({ method, path }, ask) => {
    if (method !== 'POST' || !path.endsWith('/user/token') || made !== undefined) return ask();
    made = await byHand(sandbox).create({ label: 'rondo', scope: 'admin' });
    expectOk(await client('account.add', { host: between.url, value: bytes(made.value) }));
    return undefined;
  };
  return () => {
    if (made === undefined) throw new Error('nothing was asked for');
    return made;
  };
}

const acts: [string, (connected: ConnectedCore) => Promise<unknown>][] = [
  ['a rotation of the sign-in token', async (connected) => connected.rotate(await connected.pick({ label: 'rondo' }))],
  [
    'a creation of a personal token',
    ({ client, account }) => client('token.create-personal', { account, label: 'rondo', access: 'admin', keep: false }),
  ],
];

test.each(acts)('%s never takes what Rondo signs in with for its orphan', async (_what, act) => {
  await using connected = await connectedCore();
  const made = signedInMeanwhile(connected);
  await act(connected);
  expect(connected.alive().has(made().id), 'the token that was made by hand').toBe(true);
  expect(expectOk(await connected.client('sync.run', {})).sync).toMatchObject({ accounts: 1, projects: 6 });
});
