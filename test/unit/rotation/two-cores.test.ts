import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
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
    expect(error).toMatchObject({ code: 'rotation-open', details: { token: old.id } });
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
});
