import { type Core, createCore } from '../../main/core.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { cheapKdf, deriveKeyWorkerUrl } from './core-pieces.ts';
import { fakeClock } from './fake-clock.ts';

/** The whole core over `vaultDir`, with a clock that stands still and a cheap key derivation. */
export function createTestCore(vaultDir: string): Core {
  return createCore({
    vaultDir,
    clock: fakeClock(),
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'test',
    environment: {},
    observe: () => {},
    creationKdf: cheapKdf,
  });
}
