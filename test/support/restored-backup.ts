import type { Rotation } from '../../shared/contract/rotation.ts';
import type { ConnectedCore } from './connected-core.ts';
import { expectOk, password } from './core-pieces.ts';

/** Makes a backup of now, and answers how to put it in the vault's place and open it. */
export async function backUp(connected: Pick<ConnectedCore, 'client' | 'unlock'>): Promise<() => Promise<void>> {
  const { backup } = expectOk(await connected.client('backup.create', {}));
  return async () => {
    const order = { path: backup.path, confirm: 'RESTORE', password: password() };
    expectOk(await connected.client('backup.restore', order));
    await connected.unlock();
  };
}

/** As whoever has looked does it. */
export async function resumeNamed(
  { client }: Pick<ConnectedCore, 'client'>,
  { id }: Pick<Rotation, 'id'>,
): Promise<Rotation> {
  const [rotation] = expectOk(await client('rotation.resume', { ids: [id] })).rotations;
  if (rotation === undefined) throw new Error('no rotation answered');
  return rotation;
}
