import type { RondoHandlers } from '../../shared/contract/contract.ts';
import { AppError } from '../app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { RunningSandbox } from './sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

type SandboxChannels = Extract<keyof RondoHandlers, `sandbox.${string}`>;

/** One sandbox per core at most; it ends with the core. */
export function createSandboxHandlers(clock: Clock): {
  readonly handlers: Pick<RondoHandlers, SandboxChannels>;
  readonly close: () => Promise<void>;
} {
  let running: RunningSandbox | undefined;

  async function close(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.close();
  }

  return {
    close,
    handlers: {
      'sandbox.start': async (wanted) => {
        if (running !== undefined)
          throw new AppError('invalid-input', 'A sandbox is running already. Nothing was changed.');
        running = await startSandbox({ ...wanted, clock });
        const { url, personalToken, projects } = running;
        return { sandbox: { url, personalToken, projects: [...projects] } };
      },
      'sandbox.state': () => {
        if (running === undefined) throw new AppError('not-found', 'No sandbox is running here. Nothing was changed.');
        return { tokens: [...running.tokens()] };
      },
      'sandbox.stop': async () => {
        await close();
        return {};
      },
    },
  };
}
