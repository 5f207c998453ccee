import type { RondoHandlers } from '../../shared/contract/contract.ts';
import type { RotationWorld } from './ports.ts';
import { allRotations, resolveRotation } from './rotation-store.ts';
import { abandonRotation, listRotations, resumeRotations, startRotations, view } from './rotations.ts';

type RotationChannels = Extract<keyof RondoHandlers, `rotation.${string}`>;

/** `idle`: resolves when nothing rotates by itself, which holds the same lock file. */
export function rotationHandlers(
  world: RotationWorld,
  idle: () => Promise<void>,
): Pick<RondoHandlers, RotationChannels> {
  async function afterwards<T>(act: () => T | Promise<T>): Promise<T> {
    await idle();
    return act();
  }

  return {
    'rotation.start': async (order) => ({ rotations: await afterwards(() => startRotations(world, order)) }),
    'rotation.list': ({ state }) => ({ rotations: listRotations(world, state) }),
    'rotation.show': ({ id }) => ({ rotations: [view(world, resolveRotation(allRotations(world.session()), id))] }),
    'rotation.abandon': async ({ id, confirm }) => ({
      rotations: [await afterwards(() => abandonRotation(world, id, confirm))],
    }),
    'rotation.resume': async ({ ids }) => ({ rotations: await afterwards(() => resumeRotations(world, ids)) }),
  };
}
