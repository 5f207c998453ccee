// The ways into an open vault, and changing them: asked for by somebody who shows once more that they may open it, and told
// to whoever watches afterwards.
import { type AddedSlot, addSlot, removeSlot } from './added-slots.ts';
import { changePassword } from './change-password.ts';
import { edgeAsync, withCopy } from './edges.ts';
import type { HeaderWorld } from './header-change.ts';
import type { LiveFile } from './live-file.ts';
import type { Unlocked } from './unlock-vault.ts';
import type { Vault } from './vault.ts';
import type { Witness } from './witness.ts';

export interface WaysWorld extends HeaderWorld {
  readonly witness: Witness;
  /** @throws AppError locked */
  readonly live: () => Unlocked;
  readonly written?: () => void;
}

export function createWays(world: WaysWorld): Pick<Vault, 'changePassword' | 'ways' | 'addWay' | 'removeWay'> {
  const { witness, live, written } = world;

  async function changing<T>(secret: Uint8Array, work: (copy: Uint8Array, file: LiveFile) => Promise<T>): Promise<T> {
    const { file } = live();
    const result = await edgeAsync(() => withCopy(secret, (copy) => work(copy, file)));
    written?.();
    return result;
  }

  return {
    changePassword: (current, next, type = 'password') =>
      changing(current, (secret, file) =>
        withCopy(next, (copy) =>
          changePassword(world, file, {
            credential: { type, secret },
            next: copy,
            entry: witness({ action: 'vault.password-changed' }),
          }),
        ),
      ),
    ways() {
      const { slots } = live().file.header();
      const has = (type: AddedSlot) => slots.some((slot) => slot.type === type);
      return { recovery: has('recovery'), keychain: has('keychain') };
    },
    addWay: (type, password) =>
      changing(password, (secret, file) =>
        addSlot(world, file, { type, secret, entry: witness({ action: `vault.${type}-added` }) }),
      ),
    removeWay: (type, password) =>
      changing(password, (secret, file) =>
        removeSlot(world, file, { type, secret, entry: witness({ action: `vault.${type}-removed` }) }),
      ),
  };
}
