import { EventEmitter } from 'node:events';
import type { AppWorld } from '../../main/electron/start-app.ts';

/** What the tests put in place of the clock and the desktop. Everything else of the app is the real thing. */
export interface Doubles extends Pick<AppWorld, 'clock' | 'clipboard' | 'power' | 'openExternal'> {
  /** Does what a control request says and answers what it asks for. @throws Error for anything else */
  obey(command: unknown): Promise<unknown>;
}

interface Sleep {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that runs like the real one and can be moved on: sleeps that are due then end at once. */
function steerableClock() {
  let offsetMs = 0;
  const sleeps = new Set<Sleep>();
  const now = () => Date.now() + offsetMs;
  return {
    clock: {
      now,
      sleep: (durationMs: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          if (signal?.aborted) return reject(signal.reason);
          const end = () => {
            clearTimeout(timer);
            sleeps.delete(sleep);
            signal?.removeEventListener('abort', abort);
          };
          const sleep: Sleep = {
            dueMs: now() + durationMs,
            wake: () => {
              end();
              resolve();
            },
          };
          const abort = () => {
            end();
            reject(signal?.reason);
          };
          const timer = setTimeout(sleep.wake, durationMs);
          sleeps.add(sleep);
          signal?.addEventListener('abort', abort, { once: true });
        }),
    },
    advance(durationMs: number) {
      offsetMs += durationMs;
      for (const sleep of [...sleeps].filter(({ dueMs }) => dueMs <= now())) sleep.wake();
    },
  };
}

export function createDoubles(): Doubles {
  const { clock, advance } = steerableClock();
  const power = new EventEmitter();
  const opened: string[] = [];
  let idleSeconds = 0;
  let clipboardText = '';

  return {
    clock,
    clipboard: {
      write: async () => {
        throw new Error('this clipboard takes text only');
      },
      writeText: async (text) => {
        clipboardText = text;
      },
      readText: async () => clipboardText,
      clear: () => {
        clipboardText = '';
      },
    },
    power: () => Object.assign(power, { getSystemIdleTime: () => idleSeconds }),
    openExternal: async (url) => {
      opened.push(url);
    },
    async obey(command) {
      const wanted = command as Record<string, unknown>;
      if (typeof wanted.power === 'string') return power.emit(wanted.power);
      if (typeof wanted.idleSeconds === 'number') {
        idleSeconds = wanted.idleSeconds;
        return;
      }
      if (typeof wanted.advanceMs === 'number') return advance(wanted.advanceMs);
      if (typeof wanted.copy === 'string') {
        clipboardText = wanted.copy;
        return;
      }
      if (wanted.read === 'clipboard') return clipboardText;
      if (wanted.read === 'opened') return opened;
      throw new Error('the doubles know no such command');
    },
  };
}
