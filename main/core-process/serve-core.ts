import * as z from 'zod';
import { type CoreOptions, createCore } from '../core.ts';
import { systemClock } from '../platform/clock.ts';
import { unobserved } from '../platform/observe.ts';
import { systemRandom } from '../platform/random.ts';
import { openingSeals } from './page-seal.ts';
import { type ParentPort, parentPort } from './port.ts';
import { servePort } from './port-server.ts';

/** The first message: where the vault is, and the proxies of whoever started the app. */
const startMessage = z.strictObject({
  vaultDir: z.string(),
  marksDir: z.string(),
  environment: z.record(z.string(), z.string().optional()),
});

/** Serves a core of this process, locked, to the process that started it, once that has said where the vault is. */
export function serveCore(options: Pick<CoreOptions, 'deriveKeyWorkerUrl' | 'creationKdf'>): void {
  const parent = process as NodeJS.Process & { readonly parentPort: ParentPort };
  parent.parentPort.once('message', ({ data }) => {
    const core = createCore({
      ...options,
      ...startMessage.parse(data),
      clock: systemClock,
      random: systemRandom,
      actor: 'window',
      observe: unobserved,
    });
    core.watchForeignWrites();
    core.retireWhenDue();
    core.backUpDaily();
    servePort(parentPort(parent.parentPort), { ...core, dispatch: openingSeals(core.dispatch) });
  });
}
