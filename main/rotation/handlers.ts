import type { RondoHandlers } from '../../shared/contract/contract.ts';
import type { RotationWorld } from './ports.ts';
import { allRotations, resolveRotation } from './rotation-store.ts';
import { abandonRotation, listRotations, resumeRotations, startRotations, view } from './rotations.ts';

type RotationChannels = Extract<keyof RondoHandlers, `rotation.${string}`>;

export function rotationHandlers(world: RotationWorld): Pick<RondoHandlers, RotationChannels> {
  return {
    'rotation.start': async (order) => ({ rotations: await startRotations(world, order) }),
    'rotation.list': ({ state }) => ({ rotations: listRotations(world, state) }),
    'rotation.show': ({ id }) => ({ rotations: [view(world, resolveRotation(allRotations(world.session()), id))] }),
    'rotation.abandon': async ({ id, confirm }) => ({ rotations: [await abandonRotation(world, id, confirm)] }),
    'rotation.resume': async ({ ids }) => ({ rotations: await resumeRotations(world, ids) }),
  };
}
