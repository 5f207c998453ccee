import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';

/** Tells where it is, and serves until its thread is ended. */
const { url, personalToken } = await startSandbox({ port: 0, faults: [], clock: systemClock, tokens: workerData });
parentPort?.postMessage({ url, personalToken });
