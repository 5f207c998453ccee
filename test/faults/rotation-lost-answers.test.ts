import { describe, expect, test } from 'vitest';
import type { Token } from '../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectFailure, expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import type { Said } from '../support/in-between.ts';

/** A create is the one request that cannot be repeated: what happens when its answer is lost, asked of the sandbox. */
const kinds: [string, Partial<Token>][] = [
  ['a project token', { label: 'danger' }],
  ['a personal token', { label: 'circleci-cli' }],
];

const isCreate = ({ method }: { method: string }) => method === 'POST';

/** Twists the answers of the first `times` creates; `act` false: they do not reach the sandbox. */
function loseCreates(
  { between }: ConnectedCore,
  times: number,
  lose: { act: boolean; answer?: (said: Said) => Said },
): void {
  let left = times;
  between.twist = async (asked, ask) => {
    if (!isCreate(asked) || left === 0) return ask();
    left -= 1;
    const said = lose.act ? await ask() : { status: 0, body: '' };
    return lose.answer?.(said);
  };
}

describe.each(kinds)('rotating %s', (_kind, wanted) => {
  test.each<[string, boolean, ((said: Said) => Said) | undefined]>([
    ['the connection closes after the act', true, undefined],
    ['the connection closes before the act', false, undefined],
    ['the gateway answers 503 after the act', true, () => ({ status: 503, body: 'upstream' })],
    ['the gateway answers 502 before the act', false, () => ({ status: 502, body: '<html>' })],
    [
      'the answer holds no value',
      true,
      (said) => ({ ...said, body: said.body.replace(/"token":"[^"]+"/, '"token":null') }),
    ],
    ['the answer is no JSON', true, (said) => ({ ...said, body: '<html>created</html>' })],
  ])('%s once: the orphan is deleted and creating is repeated once', async (_what, act, answer) => {
    await using connected = await connectedCore();
    const old = await connected.pick(wanted);
    const before = new Set(connected.alive().keys());
    loseCreates(connected, 1, { act, ...(answer === undefined ? {} : { answer }) });
    const rotation = await connected.rotate(old);
    expect(rotation).toMatchObject({ state: 'done' });
    expect(rotation.error).toBeUndefined();
    await expectReplaced(connected, old, before);
    expect(connected.between.asked.filter(isCreate)).toHaveLength(2);
    const deletions = connected.between.asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(deletions).toHaveLength(act ? 2 : 1);
    expect(deletions.at(-1)).toMatch(new RegExp(`/${old.remoteId}$`));
    const { entries } = expectOk(await connected.client('audit.list', {}));
    const told = entries.filter(({ action }) => action === 'token.orphan-deleted').map(({ detail }) => detail);
    expect(told, 'the deletion is in the activity').toEqual(
      act ? [expect.stringMatching(deletions[0]?.split('/').at(-1) ?? 'none')] : [],
    );
  });

  test('the answer is lost twice: both orphans are deleted, the old one still works, and it failed', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick(wanted);
    const before = connected.alive();
    await connected.faults({ add: ['drop-after=POST /'] });
    const rotation = await connected.rotate(old);
    expect(rotation).toMatchObject({ state: 'failed', error: { code: 'network' } });
    expect(rotation.error?.message).toMatch(/lists no token of it\. Nothing was changed\.$/);
    expect(connected.between.asked.filter(isCreate)).toHaveLength(2);
    expect([...connected.alive().keys()]).toEqual([...before.keys()]);
    await connected.faults({ clear: true });
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
    await expectReplaced(connected, old, new Set(before.keys()));
  });

  test('lost twice in cut-over, it does not say that nothing was changed: the old one is deleted', async () => {
    await using connected = await connectedCore();
    await connected.faults({ add: ['drop-after=POST /'] });
    const rotation = await connected.rotate(await connected.pick(wanted), { mode: 'cut-over' });
    expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'network' } });
    expect(rotation.error?.message).toMatch(
      /lists no token of it\. The old token is deleted and the new one is not made/,
    );
    expect(rotation.error?.message).not.toMatch(/nothing was changed/i);
  });

  test.each([
    ['before the act', false],
    ['after the act', true],
  ])('the host hangs %s until the vault is locked: written down, and resuming ends it', async (_when, act) => {
    const locked: Promise<unknown>[] = [];
    await using connected = await connectedCore();
    const old = await connected.pick(wanted);
    const before = new Set(connected.alive().keys());
    connected.between.twist = async (asked, ask) => {
      if (!isCreate(asked)) return ask();
      if (act) await ask();
      locked.push(connected.client('vault.lock', {}));
      return new Promise(() => {});
    };
    const error = expectFailure(
      await connected.client('rotation.start', { ids: [old.id], keep: false, dryRun: false }),
    );
    expect(error.code).toBe('stopped');
    await Promise.all(locked);
    connected.between.twist = undefined;
    expect(expectFailure(await connected.client('rotation.list', {})).code).toBe('locked');

    await connected.unlock();
    const { rotations } = expectOk(await connected.client('rotation.list', {}));
    expect(rotations).toMatchObject([{ state: 'needs-attention', error: { code: 'stopped' }, token: old.id }]);
    expect(rotations[0]?.steps[1]).toMatchObject({ name: 'create', state: 'running' });
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
  });
});

describe('an orphan that cannot be deleted', () => {
  test.each([
    ['the delete is refused', 403],
    ['the delete breaks', 500],
  ])('%s: needs attention, and resuming tries again', async (_what, status) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    await connected.faults({ add: ['drop-after=POST /#1', `error=${status}@DELETE /`] });
    const rotation = await connected.rotate(old);
    expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
    expect(rotation.error?.message).toContain('danger');
    expect(connected.alive().size).toBe(before.size + 1);
    await connected.faults({ clear: true });
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
  });

  test('the list still shows it: needs attention', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    await connected.faults({ add: ['drop-after=POST /#1'] });
    connected.between.twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());
    const rotation = await connected.rotate(old);
    expect(rotation).toMatchObject({ state: 'needs-attention' });
    expect(rotation.error?.message).toContain('still lists it');
    connected.between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
  });
});
