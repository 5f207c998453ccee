import { rightsTexts } from '../../shared/exposed-text.ts';
import { printable } from '../../shared/labels.ts';
import { AppError } from '../app-error.ts';
import { type Ask, asking } from './ask.ts';
import type { CliCore, StartCore } from './core-port.ts';
import type { GlobalOptions } from './global-options.ts';
import { eventText } from './output/event-text.ts';
import { markText } from './output/mark-text.ts';
import type { Printer } from './output/printer.ts';
import { type Opener, overwrite, readOpener } from './password.ts';
import type { World } from './world.ts';

/** What a command works with. */
export interface Context {
  readonly world: World;
  readonly globals: GlobalOptions;
  readonly printer: Printer;
  /** Aborted by the first signal that asks us to stop. */
  readonly stopping: AbortSignal;
  /** The core of the vault that the options name; started once. */
  core(): CliCore;
  /** Another one, closed with the rest at the end. */
  startCore(options: Parameters<StartCore>[0]): CliCore;
  ask: Ask;
  askOf(core: CliCore): Ask;
  /** What opens the vault, from where the options say. @throws AppError not-found (no vault), usage (no source), stopped */
  opener(): Promise<Opener>;
  /** Unlocks and warns of damage. What opens it is overwritten. */
  openVault(opener?: Opener): Promise<Ask>;
  /** Locks and ends every core, where a command must know that it has ended. May be called twice. */
  closeCores(): Promise<void>;
  /** Waits for something outside the core, unless we are asked to stop. @throws AppError stopped */
  unlessStopped<T>(work: Promise<T>): Promise<T>;
}

export function createContext(parts: {
  readonly world: World;
  readonly globals: GlobalOptions;
  readonly printer: Printer;
  readonly stopping: AbortSignal;
}): Context {
  const { world, globals, printer, stopping } = parts;
  const cores: CliCore[] = [];
  let vaultCore: CliCore | undefined;
  let closed: Promise<void> | undefined;

  const context: Context = {
    ...parts,
    startCore(options) {
      if (stopping.aborted) throw new AppError('stopped', 'Stopped before anything was done.');
      const core = world.startCore(options);
      cores.push(core);
      core.subscribe((event) => printer.progress.update(eventText(event)));
      return core;
    },
    core() {
      vaultCore ??= context.startCore({ vaultDir: globals.vaultDir });
      return vaultCore;
    },
    askOf(core) {
      const ask = asking(core.client, printer.progress);
      return async (channel, input) => {
        // The core is closing: it must not be opened again by what a command would do next.
        if (stopping.aborted) throw new AppError('stopped', 'Stopped. Nothing more was done.');
        return ask(channel, input);
      };
    },
    ask: (channel, input) => context.askOf(context.core())(channel, input),
    async opener() {
      // Before anybody is asked for a password that opens nothing.
      const { vault } = await context.ask('vault.status', {});
      if (!vault.exists) {
        throw new AppError('not-found', `There is no vault in ${vault.path}. Nothing was done.`, {
          hint: 'rondo vault create makes one; --vault names another folder',
        });
      }
      return readOpener(context);
    },
    async openVault(given) {
      const opener = given ?? (await context.opener());
      try {
        const { damaged, vault } = await context.ask('vault.unlock', opener);
        if (vault.mark !== undefined) await printer.warn(markText(vault.mark));
        for (const { what, next } of rightsTexts(vault, printable)) await printer.warn(`${what} ${next}`);
        if (damaged.length > 0) {
          await printer.warn(
            `${damaged.length} part(s) of the vault could not be read. Everything else is here, nothing was removed; \`rondo vault verify\` names them.`,
          );
        }
      } finally {
        overwrite(opener);
      }
      return context.ask;
    },
    async unlessStopped(work) {
      const stopped = stoppedBy(stopping);
      try {
        return await Promise.race([work, stopped.promise]);
      } finally {
        stopped.dispose();
      }
    },
    closeCores() {
      closed ??= Promise.all(cores.map((core) => core.close())).then(() => {});
      return closed;
    },
  };
  return context;
}

function stoppedBy(signal: AbortSignal): { readonly promise: Promise<never>; dispose(): void } {
  let stop = () => {};
  const promise = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new AppError('stopped', 'Stopped before anything was done.'));
  });
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return { promise, dispose: () => signal.removeEventListener('abort', stop) };
}
