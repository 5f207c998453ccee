import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCore } from '../core.ts';
import { systemClock } from '../platform/clock.ts';
import { defaultVaultDir, marksDirOf } from '../platform/data-folder.ts';
import { createInputFiles, wasGiven } from '../platform/input-files.ts';
import { createFileLog, logFileName } from '../platform/log.ts';
import { unobserved } from '../platform/observe.ts';
import { packageVersion } from '../platform/package-version.ts';
import { systemRandom } from '../platform/random.ts';
import { createInput, createOutput } from '../platform/standard-streams.ts';
import { makeTemporaryFolder } from '../platform/temporary-folder.ts';
import { findTerminal } from '../platform/terminal.ts';
import { runCli } from './run-cli.ts';
import { stopSignals, type World } from './world.ts';

const environment = process.env;
const machine = { platform: process.platform, environment, homeDir: homedir() };
const vaultDirByDefault = defaultVaultDir(machine);
const stderr = createOutput(2, () => process.stderr);

const world: World = {
  stdin: createInput(() => process.stdin),
  stdout: createOutput(1, () => process.stdout),
  stderr,
  environment,
  files: createInputFiles(() => process.stdin, wasGiven),
  clock: systemClock,
  random: systemRandom,
  defaultVaultDir: vaultDirByDefault,
  startCore: ({ vaultDir, isPassing = false }) =>
    createCore({
      vaultDir: resolve(vaultDir),
      ...(isPassing ? {} : { marksDir: marksDirOf(machine) }),
      clock: systemClock,
      random: systemRandom,
      // The worker is bundled beside this file.
      deriveKeyWorkerUrl: new URL('./derive-key-worker.mjs', import.meta.url),
      actor: 'command line',
      environment,
      observe: unobserved,
    }),
  terminal: () =>
    findTerminal({
      standardInput: () => process.stdin,
      ask: (text) => stderr.write(new TextEncoder().encode(text)),
      interrupt: () => process.emit('SIGINT', 'SIGINT'),
    }),
  temporaryFolder: () => makeTemporaryFolder('rondo-demo-'),
  // Two folders up, from the sources as well as from the bundle.
  version: () => packageVersion(new URL('../../package.json', import.meta.url)),
  onSignal(listener) {
    const listening = stopSignals.map((signal) => ({ signal, listen: () => listener(signal) }));
    for (const { signal, listen } of listening) process.on(signal, listen);
    return () => {
      for (const { signal, listen } of listening) process.off(signal, listen);
    };
  },
  exitNow: (exitCode) => process.exit(exitCode),
  reportBug: (error, vaultDir) =>
    createFileLog(join(resolve(vaultDir), logFileName), systemClock, systemRandom).bug(error),
};

// Everything is written and closed by then; what may still be open is a standard input that nobody needs any more.
process.exit(await runCli(process.argv.slice(2), world));
