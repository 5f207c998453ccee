import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { type Twist, withRows } from '../support/in-between.ts';

/**
 * After a lost answer a new row may be ours or a colleague's. What is not certain is never deleted: a person decides, by
 * deleting on CircleCI and then resuming the rotation by its id.
 */
const listPath = '/api/v1.1/project/gh/tidewater/web/token';
const day = 86_400_000;

const timeless: Twist = ({ method, path }, ask) =>
  method === 'GET' && path === listPath ? withRows(ask, ({ time: _none, ...row }) => row) : ask();

interface Cut {
  readonly connected: ConnectedCore;
  readonly old: Token;
  readonly before: ReadonlySet<string>;
  readonly rotation: Rotation;
}

/** A rotation whose create was lost, and then CircleCI does not answer any more. */
async function cutOff(connected: ConnectedCore, fault: 'drop-after' | 'drop-before'): Promise<Cut> {
  const old = await connected.pick({ label: 'danger' });
  const before = new Set(connected.alive().keys());
  await connected.faults({ add: [`${fault}=POST /#1`] });
  let cut = false;
  connected.between.twist = (asked, ask) => {
    cut ||= asked.method === 'POST';
    return cut && asked.method === 'GET' ? { status: 500, body: '' } : ask();
  };
  const rotation = await connected.rotate(old);
  connected.between.twist = undefined;
  await connected.faults({ clear: true });
  expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
  expect(rotation.steps[1]).toMatchObject({ name: 'create', state: 'failed' });
  return { connected, old, before, rotation };
}

const fresh = ({ connected, before }: Cut) => [...connected.alive().keys()].filter((id) => !before.has(id));

async function colleagueMakes({ connected, old }: Cut, wish: { label?: string; scope?: string } = {}): Promise<string> {
  const known = new Set(connected.alive().keys());
  await connected.colleague('POST', listPath, { label: old.label, scope: 'view-builds', ...wish });
  const [made] = [...connected.alive().keys()].filter((id) => !known.has(id));
  return made ?? '';
}

async function resumeNamed({ connected, rotation }: Cut): Promise<Rotation | undefined> {
  return expectOk(await connected.client('rotation.resume', { ids: [rotation.id] })).rotations[0];
}

describe('two new tokens of the same name', () => {
  test('are both named and neither is deleted, however often all are resumed', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    const [ours] = fresh(cut);
    const theirs = await colleagueMakes(cut);
    for (let time = 0; time < 2; time += 1) {
      const [resumed] = await connected.resume();
      expect(resumed).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
      expect(resumed?.error?.message).toContain(ours);
      expect(resumed?.error?.message).toContain(theirs);
      expect(fresh(cut)).toEqual([ours, theirs]);
      expect(connected.alive().has(cut.old.remoteId ?? '')).toBe(true);
    }
  });

  test("the colleague's, left alone after the person deleted ours, is not taken for ours", async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    const [ours] = fresh(cut);
    const theirs = await colleagueMakes(cut);
    await connected.resume();
    await connected.colleague('DELETE', `${listPath}/${ours}`);
    expect(await connected.resume()).toMatchObject([{ state: 'needs-attention' }]);
    expect(fresh(cut)).toEqual([theirs]);

    expect(await resumeNamed(cut)).toMatchObject({ state: 'done' });
    await expectReplaced(connected, cut.old, new Set([...cut.before, theirs]));
  });

  test('both deleted by the person: nothing is left to decide', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    await colleagueMakes(cut);
    await connected.resume();
    for (const id of fresh(cut)) await connected.colleague('DELETE', `${listPath}/${id}`);
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, cut.old, cut.before);
  });

  test('naming the rotation without deleting any leaves both, and ends it', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    await colleagueMakes(cut);
    await connected.resume();
    const both = fresh(cut);
    expect(await resumeNamed(cut)).toMatchObject({ state: 'done' });
    await expectReplaced(connected, cut.old, new Set([...cut.before, ...both]));
  });

  test('a third one that appears after the person has decided is not deleted either', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    await colleagueMakes(cut);
    await connected.resume();
    const late = await colleagueMakes(cut);
    expect(await resumeNamed(cut)).toMatchObject({ state: 'needs-attention' });
    expect(fresh(cut)).toContain(late);
    expect(fresh(cut)).toHaveLength(3);
  });
});

describe('a single new token', () => {
  test('that is not the one we asked for is left alone', async () => {
    for (const wish of [{ label: 'Danger' }, { scope: 'all' }]) {
      await using connected = await connectedCore();
      const cut = await cutOff(connected, 'drop-before');
      const theirs = await colleagueMakes(cut, wish);
      expect(await connected.resume()).toMatchObject([{ state: 'needs-attention' }]);
      expect(await resumeNamed(cut)).toMatchObject({ state: 'done' });
      await expectReplaced(connected, cut.old, new Set([...cut.before, theirs]));
    }
  });

  test('that was made after the answer was lost is left alone, however soon after', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-before');
    connected.advance(1);
    const theirs = await colleagueMakes(cut);
    expect(await connected.resume()).toMatchObject([{ state: 'needs-attention' }]);
    expect(fresh(cut)).toEqual([theirs]);
  });

  test('that was made during the request is ours, also when the rotation is resumed days later', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    connected.advance(3 * day);
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, cut.old, cut.before);
  });

  test('of a host that tells no time is ours for ten minutes', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    connected.between.twist = timeless;
    connected.advance(9 * 60_000);
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, cut.old, cut.before);
  });

  test('of a host that tells no time is not certain days later', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    const [ours] = fresh(cut);
    connected.between.twist = timeless;
    connected.advance(3 * day);
    expect(await connected.resume()).toMatchObject([{ state: 'needs-attention' }]);
    expect(fresh(cut)).toEqual([ours]);
    await connected.colleague('DELETE', `${listPath}/${ours}`);
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  });

  test('without an id is left alone: Rondo deletes by id only', async () => {
    await using connected = await connectedCore();
    const cut = await cutOff(connected, 'drop-after');
    const [ours] = fresh(cut);
    connected.between.twist = ({ method, path }, ask) =>
      method === 'GET' && path === listPath
        ? withRows(ask, ({ id, ...row }) => (id === ours ? row : { id, ...row }))
        : ask();
    const [resumed] = await connected.resume();
    expect(resumed).toMatchObject({ state: 'needs-attention' });
    expect(resumed?.error?.message).toContain('no id');
    expect(fresh(cut)).toEqual([ours]);
  });
});

test('a create that made nothing leaves nothing to decide', async () => {
  await using connected = await connectedCore();
  const cut = await cutOff(connected, 'drop-before');
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  await expectReplaced(connected, cut.old, cut.before);
});

test('what has replaced the lost one since is not taken for it: the vault has its value', async () => {
  await using connected = await connectedCore();
  const cut = await cutOff(connected, 'drop-after');
  const { client } = connected;
  expectOk(await client('sync.run', {}));
  const [lost] = fresh(cut);
  await connected.rotate(await connected.pick({ remoteId: lost ?? '' }));
  const [successor] = fresh(cut);
  expect(successor).not.toBe(lost);

  expect(await resumeNamed(cut)).toMatchObject({ state: 'done' });
  expect(connected.alive().has(successor ?? ''), 'it is left alone').toBe(true);
  expect(connected.alive().has(cut.old.remoteId ?? '')).toBe(false);
});
