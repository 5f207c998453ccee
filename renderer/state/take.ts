import type { Failure, Result } from '../../shared/contract/result.ts';
import type { Id } from '../../shared/ids.ts';
import type { Tools } from './tools.ts';
import { waitOf } from './waits.ts';

/**
 * Copy-once. Copying goes from the vault to the clipboard past the page; revealing hands bytes to the component that
 * shows them, which overwrites them when it masks, closes or locks. Only `takenPressed` makes the vault forget.
 */
export interface TakeSlice {
  /** `badge`: the value in the address of its project's badge. */
  copyPressed(token: Id, as?: 'badge'): Promise<Failure | undefined>;
  revealPressed(token: Id): Promise<Result<{ value: Uint8Array }>>;
  takenPressed(token: Id): Promise<Failure | undefined>;
  /** Text that is no secret. */
  textCopied(text: string): Promise<Failure | undefined>;
}

export function createTakeSlice({ api, get, set }: Tools): TakeSlice {
  return {
    async copyPressed(token, as) {
      const answer = await api.call('token.copy', { id: token, ...(as === undefined ? {} : { as }) });
      if (!answer.ok) return answer.error;
      set(answer.value);
      return undefined;
    },

    revealPressed: (token) => api.call('token.take', { id: token }),

    async textCopied(text) {
      const answer = await api.call('text.copy', { text });
      return answer.ok ? undefined : answer.error;
    },

    async takenPressed(token) {
      const answer = await api.call('token.taken', { id: token });
      if (!answer.ok) return answer.error;
      const waiting = [...get().rotations.values()].find(
        (rotation) => rotation.replacement === token && waitOf(rotation) === 'taking',
      );
      await get().inventoryAsked();
      // Not waited for: it asks CircleCI, and what was asked here is done already.
      if (waiting !== undefined) void get().resumePressed([waiting.id], true);
      return undefined;
    },
  };
}
