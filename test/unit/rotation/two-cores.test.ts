import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { alike, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk, password } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';
import { vaultIn } from '../../support/temporary-vault.ts';

const order = { keep: false, dryRun: false };

describe('two cores on one vault', () => {
  test('the second is told that the vault is busy while the first rotates, and sees what came of it', async () => {
    const answers: Promise<string>[] = [];
    const late: { second?: Awaited<ReturnType<ConnectedCore['another']>>; old?: string } = {};
    await using connected = await connectedCore({
      observe: (point) => {
        const { second, old } = late;
        if (point !== 'request project.create before' || second === undefined || answers.length > 0) return;
        const acts = [
          second.client('rotation.start', { ...order, ids: [old ?? ''] }),
          second.client('rotation.resume', { ids: [] }),
        ];
        answers.push(...acts.map(async (act) => expectFailure(await act).code));
      },
    });
    await using second = await connected.another({ observe: () => {} });
    const old = await connected.pick({ label: 'danger' });
    const other = await connected.pick({ label: 'fastlane' });
    Object.assign(late, { second, old: other.id });
    const before = new Set(connected.alive().keys());
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
    expect(await Promise.all(answers)).toEqual(['vault-busy', 'vault-busy']);
    await expectReplaced(connected, old, before);
    const seen = expectOk(await second.client('rotation.list', { state: 'done' })).rotations;
    expect(seen.map(({ token }: Rotation) => token)).toEqual([old.id]);
    expect(expectFailure(await second.client('rotation.start', { ...order, ids: [old.id] })).code).toBe('not-found');
  });

  test('the second is told that a rotation is open when the first has left one', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    await connected.rotate(old, { retire: 'taken' });
    await using second = await connected.another();
    const error = expectFailure(await second.client('rotation.start', { ...order, ids: [old.id] }));
    expect(error).toMatchObject({
      code: 'rotation-open',
      hint: 'Resume it, or give it up first.',
      details: { token: old.id, remedy: 'rotation.resume' },
    });
  });

  test.each(['the first', 'the second'])('%s is told to wait while the first rotates that token', async (who) => {
    await using connected = await connectedCore();
    await using second = await connected.another();
    const { client } = who === 'the first' ? connected : second;
    const old = await connected.pick({ label: 'danger' });
    const acts = [
      () => client('rotation.start', { ...order, ids: [old.id] }),
      () => client('token.delete', { ids: [old.id], confirm: 'DELETE' }),
    ];
    const answers: unknown[] = [];
    connected.between.twist = async ({ method }, ask) => {
      if (method === 'POST') for (const act of acts) answers.push(await act());
      return ask();
    };
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
    const error = {
      code: 'rotation-open',
      message: expect.stringContaining('being rotated right now'),
      hint: 'Wait until that rotation has ended.',
    };
    expect(answers).toMatchObject([{ ok: false, error }, { value: { deleted: [], failed: [{ error }] } }]);
    expect(answers[0]).not.toHaveProperty('error.details.remedy');
  });

  test('so it is while what was done by hand is looked after', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const old = await connected.pick({ label: 'danger' });
    const begun = await connected.rotate(old, { guided: true });
    const { value } = await alike(sandbox, old);
    const answers: unknown[] = [];
    between.twist = async (_asked, ask) => {
      if (answers.length === 0) answers.push(await client('rotation.start', { ...order, ids: [old.id] }));
      return ask();
    };
    expect(await tell(connected, begun, { value })).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    expect(answers).toMatchObject([{ error: { message: expect.stringContaining('being rotated right now') } }]);
  });

  test('the second looks again under the lock: the first may have begun one since it looked', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const { id, state } = await connected.rotate(old, { retire: 'taken' });
    expect(state).toBe('waiting');
    const first = vaultIn(connected.vaultDir);
    const session = await first.unlock(password());
    const row = session.journal().get(id);
    session.write((transaction) => transaction.removeJournal(id));
    const late: { begin?: () => void } = {};
    // An id is drawn after the first look and before the lock is held.
    const bytes = (length: number) => {
      late.begin?.();
      return systemRandom.bytes(length);
    };
    await using second = await connected.another({ random: { bytes } });
    late.begin = () => {
      delete late.begin;
      session.write((transaction) => transaction.putJournal(id, row));
    };
    const before = [...connected.alive().keys()];
    const error = expectFailure(await second.client('rotation.start', { ...order, ids: [old.id] }));
    first.lock();
    expect(error).toMatchObject({ code: 'rotation-open', details: { token: old.id } });
    expect([...connected.alive().keys()]).toEqual(before);
  });

  test('which process runs a rotation is written down as long as it runs, and no longer', async () => {
    await using connected = await connectedCore({ processes: { own: 'first', isOver: () => false } });
    const vault = vaultIn(connected.vaultDir);
    const session = await vault.unlock(password());
    const runners = () => [...session.journal().values(), ...session.records('rotation').map(({ meta }) => meta)];
    const seen: unknown[] = [];
    connected.between.twist = ({ method }, ask) => {
      if (method === 'POST') seen.push(...runners());
      return ask();
    };
    const waiting = await connected.rotate(await connected.pick({ label: 'danger' }), { retire: 'taken' });
    expect(seen).toMatchObject([{ state: 'running', runner: 'first' }]);
    expectOk(await connected.client('token.taken', { id: waiting.replacement ?? '' }));
    for (const state of ['waiting', 'done']) {
      expect(runners()).toMatchObject([{ state }]);
      expect(runners()).not.toMatchObject([{ runner: 'first' }]);
      await connected.resume();
    }
    vault.lock();
  });
});
