import { Readable } from 'node:stream';
import type { CliCore, StartCore } from '../../main/cli/core-port.ts';
import { runCli } from '../../main/cli/run-cli.ts';
import type { StopSignal, World } from '../../main/cli/world.ts';
import { readBytes } from '../../main/platform/byte-streams.ts';
import type { Output as Stream } from '../../main/platform/standard-streams.ts';
import type { Channel, RondoCalls, RondoClient, RondoEvent } from '../../shared/contract/contract.ts';
import type { Input, Output } from '../../shared/contract/kit.ts';
import type { Failure, Result } from '../../shared/contract/result.ts';

/** A core of answers: each channel answers what it is given here, anything else is an error of the test. */
export type Answers = {
  readonly [C in Channel]?: (
    input: Input<RondoCalls[C]>,
  ) => Output<RondoCalls[C]> | Refusal | Promise<Output<RondoCalls[C]> | Refusal>;
};

export class Refusal {
  readonly error: Failure;
  constructor(error: Failure) {
    this.error = error;
  }
}

export interface Asked {
  readonly channel: Channel;
  readonly input: unknown;
}

export interface FakeCore extends CliCore {
  readonly asked: Asked[];
  closed: number;
  announce(event: RondoEvent): void;
}

export function fakeCore(answers: Answers): FakeCore {
  const listeners = new Set<(event: RondoEvent) => void>();
  const asked: Asked[] = [];
  const client = async (channel: Channel, input: unknown): Promise<Result<unknown>> => {
    // A copy: secrets are overwritten after the call.
    asked.push({ channel, input: structuredClone(input) });
    const answer = answers[channel] as ((input: unknown) => unknown) | undefined;
    if (answer === undefined) throw new Error(`the test has no answer for ${channel}`);
    const value = await answer(input);
    return value instanceof Refusal ? { ok: false, error: value.error } : { ok: true, value };
  };
  const core: FakeCore = {
    client: client as RondoClient,
    asked,
    closed: 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce: (event) => {
      for (const listener of listeners) listener(event);
    },
    async close() {
      core.closed += 1;
    },
  };
  return core;
}

const openVault: Answers = {
  'vault.status': () => ({ vault: { path: '/v', exists: true, format: 1, locked: true } }),
  'vault.unlock': () => ({ vault: { path: '/v', exists: true, format: 1, locked: false }, damaged: [] }),
};

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly core: FakeCore;
  /** Folders for which a core was started. */
  readonly vaultDirs: readonly string[];
  readonly removedFolders: readonly string[];
  readonly bugs: readonly unknown[];
  /** The calls besides looking for the vault and opening it. */
  readonly acts: readonly Asked[];
}

export interface CliSetting {
  readonly answers?: Answers;
  readonly core?: FakeCore;
  /** Real cores instead of `core`. */
  readonly startCore?: StartCore;
  readonly stdin?: string;
  readonly stdinNeverEnds?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** What the person types, one answer a question; absent: nobody is at a terminal. */
  readonly typed?: readonly string[];
  readonly stdoutIsTerminal?: boolean;
  readonly stdinIsTerminal?: boolean;
  readonly stderrIsTerminal?: boolean;
  /** What standard output does with bytes before it takes them. */
  readonly writingOut?: (bytes: Uint8Array) => Promise<void> | void;
  readonly flushing?: () => Promise<void>;
  readonly signals?: { listen?: (signal: StopSignal) => void };
  readonly exitNow?: (code: number) => void;
  readonly sleep?: () => Promise<void>;
  readonly columns?: number;
}

/** Runs the command line in this process, with a vault that opens with `secret` from the environment's password file. */
export async function cli(arguments_: readonly string[], setting: CliSetting = {}): Promise<CliRun> {
  const core = setting.core ?? fakeCore({ ...openVault, ...setting.answers });
  const written = { stdout: '', stderr: '' };
  const vaultDirs: string[] = [];
  const removedFolders: string[] = [];
  const bugs: unknown[] = [];
  const typed = [...(setting.typed ?? [])];
  const files = new Map(Object.entries({ '/pw': 'secret', ...setting.files }));

  const stream = (name: 'stdout' | 'stderr', isTerminal: boolean): Stream => ({
    isTerminal,
    columns: () => (isTerminal ? (setting.columns ?? 120) : undefined),
    async write(bytes) {
      if (name === 'stdout') await setting.writingOut?.(bytes);
      written[name] += new TextDecoder().decode(bytes);
    },
    flush: () => setting.flushing?.() ?? Promise.resolve(),
  });
  const fileText = (filePath: string): string => {
    const text = files.get(filePath);
    if (text === undefined) throw new Error(`the test has no file ${filePath}`);
    return text;
  };
  const world: World = {
    stdin: {
      isTerminal: setting.stdinIsTerminal ?? false,
      read: (maxBytes) =>
        setting.stdinNeverEnds === true
          ? new Promise(() => {})
          : readBytes(Readable.from([Buffer.from(setting.stdin ?? '')]), maxBytes),
    },
    stdout: stream('stdout', setting.stdoutIsTerminal ?? false),
    stderr: stream('stderr', setting.stderrIsTerminal ?? false),
    environment: setting.environment ?? { RONDO_PASSWORD_FILE: '/pw' },
    files: {
      firstLine: async (filePath) => Buffer.from(fileText(filePath).split('\n')[0] ?? ''),
      firstLineOfDescriptor: async (descriptor) => Buffer.from(fileText(`fd ${descriptor}`)),
      text: async (filePath) => fileText(filePath),
    },
    clock: { now: () => Date.UTC(2026, 10, 23), sleep: setting.sleep ?? (() => new Promise(() => {})) },
    random: { bytes: (length) => new Uint8Array(length).fill(7) },
    defaultVaultDir: '/default-vault',
    startCore({ vaultDir }) {
      vaultDirs.push(vaultDir);
      return setting.startCore?.({ vaultDir }) ?? core;
    },
    terminal: () =>
      setting.typed === undefined
        ? undefined
        : {
            async readSecret(question) {
              written.stderr += `${question}\n`;
              return Buffer.from(typed.shift() ?? '');
            },
          },
    temporaryFolder: async () => ({
      path: '/tmp/demo',
      remove: async () => {
        removedFolders.push('/tmp/demo');
      },
    }),
    version: () => '1.2.3',
    onSignal(listener) {
      if (setting.signals !== undefined) setting.signals.listen = listener;
      return () => {};
    },
    exitNow: (code) => setting.exitNow?.(code),
    reportBug(error) {
      bugs.push(error);
      return 'abc123';
    },
  };
  const exitCode = await runCli(arguments_, world);
  const acts = core.asked.filter(({ channel }) => channel !== 'vault.status' && channel !== 'vault.unlock');
  return { exitCode, ...written, core, vaultDirs, removedFolders, bugs, acts };
}
