// The ways into an open vault, and changing them: asked for by somebody who shows once more that they may open it, and told
// to whoever watches afterwards.
import { type AddedSlot, addSlot, removeSlot } from './added-slots.ts';
import { changePassword } from './change-password.ts';
import { edgeAsync, withCopy } from './edges.ts';
import { type FullCopySource, writeFullCopy } from './full-copy.ts';
import type { HeaderWorld } from './header-change.ts';
import type { LiveFile } from './live-file.ts';
import { reKey } from './re-key.ts';
import type { Unlocked } from './unlock-vault.ts';
import type { Vault } from './vault.ts';
import type { VaultPaths } from './vault-paths.ts';
import type { Witness } from './witness.ts';

export interface WaysWorld extends HeaderWorld, Pick<FullCopySource, 'clock'> {
  readonly paths: VaultPaths;
  readonly witness: Witness;
  /** @throws AppError locked */
  readonly live: () => Unlocked;
  readonly written?: () => void;
  readonly lock: () => void;
}

export function createWays(
  world: WaysWorld,
): Pick<Vault, 'changePassword' | 'ways' | 'addWay' | 'removeWay' | 'reKey'> {
  const { witness, live, written } = world;

  async function changing<T>(secret: Uint8Array, work: (copy: Uint8Array, file: LiveFile) => Promise<T>): Promise<T> {
    const { file } = live();
    const result = await edgeAsync(() => withCopy(secret, (copy) => work(copy, file)));
    written?.();
    return result;
  }

  return {
    reKey: (password, kept) =>
      edgeAsync(() =>
        withCopy(password, async (secret) => {
          const ways = kept.map(({ type, secret: own }) => ({ type, secret: new Uint8Array(own) }));
          for (const way of kept) way.secret.fill(0);
          try {
            const entry = witness({ action: 'vault.re-keyed' });
            return await reKey({ ...world, unlocked: live() }, { password: secret, kept: ways, entry });
          } finally {
            for (const way of ways) way.secret.fill(0);
          }
        }),
      ),
    changePassword: (current, next, type = 'password') =>
      changing(current, (secret, file) =>
        withCopy(next, (copy) =>
          changePassword(world, file, {
            credential: { type, secret },
            next: copy,
            entry: witness({ action: 'vault.password-changed' }),
            copyFirst: () => writeFullCopy({ ...world, ...live() }, 'password-change'),
          }),
        ),
      ),
    ways() {
      const { slots } = live().file.header();
      const has = (type: AddedSlot) => slots.some((slot) => slot.type === type);
      return { recovery: has('recovery'), keychain: has('keychain') };
    },
    addWay: (type, password, firstly) =>
      changing(password, (secret, file) =>
        addSlot(world, file, {
          type,
          credential: { type: 'password', secret },
          entry: witness({ action: `vault.${type}-added` }),
          ...(firstly === undefined ? {} : { firstly }),
        }),
      ),
    removeWay: (type, shown, by = 'password') =>
      changing(shown, (secret, file) =>
        removeSlot(world, file, {
          type,
          credential: { type: by, secret },
          entry: witness({ action: `vault.${type}-removed` }),
        }),
      ),
  };
}
