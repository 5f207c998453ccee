import type { UtilityProcess } from 'electron';
import { failure } from '../../shared/contract/result.ts';

/** What a test lets the core answer in place of itself: reads that fail as they do where a part of the vault is damaged. */
export function failingCalls() {
  let failing: readonly string[] = [];
  return {
    /** From now on these, and no others. */
    set(channels: readonly string[]): void {
      failing = channels;
    },
    in(core: UtilityProcess): UtilityProcess {
      const post = core.postMessage.bind(core);
      core.postMessage = (message) => {
        const { call, channel } = Object(message);
        if (failing.includes(channel)) core.emit('message', { answer: call, result });
        else post(message);
      };
      return core;
    },
  };
}

const result = failure({
  code: 'vault-damaged',
  message: 'A part of the vault is damaged and cannot be read. Nothing was changed.',
  hint: 'See what is damaged.',
});
