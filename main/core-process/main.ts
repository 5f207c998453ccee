// The entry of the utility process that holds the vault. It is started locked, serves one port, and ends with it: when
// the vault is locked, this process is ended too, and the system takes its memory with every key and value in it.
import { z } from 'zod';
import { createCore } from '../core.ts';
import { systemClock } from '../platform/clock.ts';
import { unobserved } from '../platform/observe.ts';
import { systemRandom } from '../platform/random.ts';
import { openingSeals } from './page-seal.ts';
import { type ParentPort, parentPort } from './port.ts';
import { servePort } from './port-server.ts';

/** The first message: where the vault is, and the proxies of whoever started the app. */
export const startMessage = z.strictObject({
  vaultDir: z.string(),
  environment: z.record(z.string(), z.string().optional()),
});

const parent = process as NodeJS.Process & { readonly parentPort: ParentPort };
parent.parentPort.once('message', ({ data }) => {
  const core = createCore({
    ...startMessage.parse(data),
    clock: systemClock,
    random: systemRandom,
    deriveKeyWorkerUrl: new URL('./derive-key-worker.mjs', import.meta.url),
    actor: 'window',
    observe: unobserved,
  });
  core.watchForeignWrites();
  core.retireWhenDue();
  servePort(parentPort(parent.parentPort), { ...core, dispatch: openingSeals(core.dispatch) });
});
