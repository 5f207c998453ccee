import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { heldValue } from '../../support/expect-replaced.ts';
import { backUp } from '../../support/restored-backup.ts';

const web = 'gh/tidewater/web';
const wish = { project: web, scope: 'admin', label: 'once', keep: false } as const;

const named = (connected: ConnectedCore, label = 'once') =>
  [...connected.alive().values()].filter((token) => token.label === label).map(({ id }) => id);

/** A create whose answer is lost, and after which no list answers: as when the process had died there. */
async function leaveOpen(connected: ConnectedCore): Promise<string> {
  const before = new Set(named(connected));
  let isLost = false;
  connected.between.twist = async (asked, ask) => {
    if (isLost) return { status: 500, body: '' };
    const said = await ask();
    isLost = asked.method === 'POST';
    return isLost ? undefined : said;
  };
  expect(expectFailure(await connected.client('token.create-project', wish)).code).toBe('needs-attention');
  connected.between.twist = undefined;
  const [left = ''] = named(connected).filter((id) => !before.has(id));
  expect(left).not.toBe('');
  return left;
}

describe('creating while something else makes tokens in the vault', () => {
  test('is refused beside another creation, and neither takes the token of the other for an orphan', async () => {
    await using connected = await connectedCore();
    await using second = await connected.another();
    const beside: Promise<string>[] = [];
    connected.between.twist = async (asked, ask) => {
      if (asked.method !== 'POST' || beside.length > 0) return ask();
      beside.push(second.client('token.create-project', wish).then((answer) => expectFailure(answer).code));
      await Promise.all(beside);
      await ask();
      return undefined;
    };
    const { token } = expectOk(await connected.client('token.create-project', wish));
    expect(await Promise.all(beside)).toEqual(['vault-busy']);
    expect(named(connected)).toEqual([token.remoteId]);
    expect(await heldValue(connected, token.id)).toBe(connected.alive().get(token.remoteId ?? '')?.value);
  });

  test('is refused beside a rotation, and a rotation beside it', async () => {
    await using connected = await connectedCore();
    await using second = await connected.another();
    const old = await connected.pick({ label: 'danger' });
    const codes: string[] = [];
    const besides = [
      () => second.client('token.create-project', wish),
      () => second.client('rotation.start', { ids: [old.id], keep: false, dryRun: false }),
    ];
    connected.between.twist = async (asked, ask) => {
      if (asked.method === 'POST') {
        const answer = await besides.shift()?.();
        if (answer !== undefined) codes.push(answer.ok ? 'done' : answer.error.code);
      }
      return ask();
    };
    expect(await connected.rotate(await connected.pick({ label: 'fastlane' }))).toMatchObject({ state: 'done' });
    expectOk(await connected.client('token.create-project', wish));
    expect(codes).toEqual(['vault-busy', 'vault-busy']);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });
});

describe('what a creation left that was cut off', () => {
  test('is deleted before the next one of its place, and written down', async () => {
    await using connected = await connectedCore();
    const left = await leaveOpen(connected);
    connected.advance(3 * 86_400_000);
    const { token } = expectOk(await connected.client('token.create-project', { ...wish, label: 'other' }));
    expect(named(connected)).toEqual([]);
    expect(named(connected, 'other')).toEqual([token.remoteId]);
    const { entries } = expectOk(await connected.client('audit.list', {}));
    expect(entries.find(({ action }) => action === 'token.orphan-deleted')).toMatchObject({ detail: left });
  });

  test('is left alone by creations of other places and by rotations of its own', async () => {
    await using connected = await connectedCore();
    const left = await leaveOpen(connected);
    const personal = { account: connected.account, label: 'once', keep: false };
    expectOk(await connected.client('token.create-personal', personal));
    expect(named(connected)).toContain(left);
    await connected.faults({ add: ['drop-after=POST /#1'] });
    const old = await connected.pick({ project: web, state: 'active', scope: 'admin' });
    expect(await connected.rotate(old, { label: 'once' })).toMatchObject({ state: 'done' });
    expect(named(connected)).toContain(left);
  });

  test('is named with a token that a colleague made, none is deleted, and the next creation goes on', async () => {
    await using connected = await connectedCore();
    const left = await leaveOpen(connected);
    await connected.colleague('POST', `/api/v1.1/project/${web}/token`, { label: 'once', scope: 'all' });
    const both = named(connected);
    const error = expectFailure(await connected.client('token.create-project', wish));
    expect(error.code).toBe('needs-attention');
    expect(error.message).toContain(left);
    expect(named(connected)).toEqual(both);
    const { entries } = expectOk(await connected.client('audit.list', {}));
    expect(entries.at(-1)).toMatchObject({ action: 'token.creation-unclear', outcome: 'failed' });
    const { token } = expectOk(await connected.client('token.create-project', wish));
    expect(named(connected).toSorted()).toEqual([...both, token.remoteId].toSorted());
  });

  test('is not taken for what a colleague made when its answer had been lost', async () => {
    await using connected = await connectedCore();
    const left = await leaveOpen(connected);
    await connected.colleague('DELETE', `/api/v1.1/project/${web}/token/${left}`);
    connected.advance(1);
    await connected.colleague('POST', `/api/v1.1/project/${web}/token`, { label: 'once', scope: 'all' });
    const [theirs = ''] = named(connected);
    const error = expectFailure(await connected.client('token.create-project', wish));
    expect(error).toMatchObject({ code: 'needs-attention', message: expect.stringContaining(theirs) });
    expect(named(connected)).toEqual([theirs]);
  });

  test('is never deleted by itself after a restore: it may have been found, and be in use', async () => {
    await using connected = await connectedCore();
    const left = await leaveOpen(connected);
    const restore = await backUp(connected);
    await restore();
    const error = expectFailure(await connected.client('token.create-project', wish));
    expect(error).toMatchObject({ code: 'needs-attention', message: expect.stringContaining(left) });
    expectOk(await connected.client('token.create-project', wish));
    expect(named(connected)).toContain(left);
  });
});
