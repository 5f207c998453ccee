import { measureJob } from './job.ts';
import { type Figure, render } from './measure.ts';
import { measureRotation } from './rotation.ts';
import { measureSealing } from './sealing.ts';
import { measureStores } from './stores.ts';

/**
 * Every figure is a ratio or a time of one run on one machine, beside its aim, and a person reads it. Only what is promised
 * of any machine fails the run.
 */
const deriveKeyWorkerUrl = new URL('../node/derive-key-worker.mjs', import.meta.url);
const sandboxWorkerUrl = new URL('./sandbox-worker.mjs', import.meta.url);

const figures: Figure[] = [
  ...(await measureSealing()),
  ...(await measureStores(1_000, deriveKeyWorkerUrl)),
  ...(await measureStores(10_000, deriveKeyWorkerUrl)),
  ...(await measureRotation(deriveKeyWorkerUrl)),
  ...(await measureJob(500, { deriveKeyWorkerUrl, sandboxWorkerUrl })),
];
console.log(render(figures));
if (figures.some(({ reached, isPromised }) => isPromised === true && !reached)) process.exitCode = 1;
if (process.argv.includes('--json')) console.log(JSON.stringify(figures, undefined, 2));
