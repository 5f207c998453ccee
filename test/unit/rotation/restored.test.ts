import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk, password } from '../../support/core-pieces.ts';

/** After a restore CircleCI may be further than the vault: what a rotation then believes must not cost a token. */

async function backUp(connected: ConnectedCore): Promise<() => Promise<void>> {
  const { backup } = expectOk(await connected.client('backup.create', {}));
  return async () => {
    const order = { path: backup.path, confirm: 'RESTORE', password: password() };
    expectOk(await connected.client('backup.restore', order));
    await connected.unlock();
  };
}

async function resumeNamed(connected: ConnectedCore, { id }: Rotation): Promise<Rotation | undefined> {
  return expectOk(await connected.client('rotation.resume', { ids: [id] })).rotations[0];
}

const added = (connected: ConnectedCore, before: ReadonlySet<string>) =>
  [...connected.alive().keys()].filter((id) => !before.has(id));

describe('a creation whose answer was lost before the backup', () => {
  test('is not settled by itself after a restore: its token may have come into use', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    await connected.faults({ add: ['drop-after=POST /#1'] });
    let isCut = false;
    connected.between.twist = (asked, ask) => {
      isCut ||= asked.method === 'POST';
      return isCut && asked.method === 'GET' ? { status: 500, body: '' } : ask();
    };
    const rotation = await connected.rotate(old);
    connected.between.twist = undefined;
    await connected.faults({ clear: true });
    const restore = await backUp(connected);
    const [inUse = ''] = added(connected, before);
    await restore();

    expect(await resumeNamed(connected, rotation)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'needs-attention', message: expect.stringContaining(inUse) },
    });
    expect(added(connected, before), 'it is left alone').toEqual([inUse]);
    expect(await resumeNamed(connected, rotation), 'a person has looked').toMatchObject({ state: 'done' });
    expect(added(connected, before)).toHaveLength(2);
    expect(added(connected, before)).toContain(inUse);
  });
});
