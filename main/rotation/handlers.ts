import type { RondoHandlers } from '../../shared/contract/contract.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import { abandonRotation } from './abandon.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { allRotations, openRotations, resolveRotation } from './rotation-store.ts';
import { answerRotation, resumeRotations, type Said, startRotations } from './rotations.ts';
import { listRotations, view } from './standing.ts';

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

  /** The contract lets what was said through for one rotation only. */
  async function goOn(ids: readonly string[], said: Said, asked: readonly RotationRecord[]): Promise<Rotation[]> {
    const [only] = ids;
    const isSaid = said.value !== undefined || said.confirm !== undefined;
    return isSaid && only !== undefined
      ? [await answerRotation(world, only, said)]
      : resumeRotations(world, ids, asked);
  }

  return {
    'rotation.start': async (order) => ({ rotations: await afterwards(() => startRotations(world, order)) }),
    'rotation.list': ({ state }) => ({ rotations: listRotations(world, state) }),
    'rotation.show': ({ id }) => ({ rotations: [view(world, resolveRotation(allRotations(world.session()), id))] }),
    'rotation.abandon': async (said) => {
      const asked = openRotations(world.session());
      return { rotations: [await afterwards(() => abandonRotation(world, said, asked))] };
    },
    'rotation.resume': async ({ ids, ...said }) => {
      const asked = openRotations(world.session());
      return { rotations: await afterwards(() => goOn(ids, said, asked)) };
    },
  };
}
