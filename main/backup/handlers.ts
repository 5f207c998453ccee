import { setImmediate } from 'node:timers/promises';
import type { RondoHandlers } from '../../shared/contract/contract.ts';
import { AppError } from '../app-error.ts';
import {
  type BackupWorld,
  createBackup,
  isDue,
  listBackups,
  type NamedBackup,
  namedBackups,
  restoreBackup,
} from './backups.ts';

type BackupChannels = Extract<keyof RondoHandlers, `backup.${string}`>;

export interface Backups {
  readonly handlers: Pick<RondoHandlers, BackupChannels>;
  /** Makes today's backup if there is none yet. A failure is no failure of the unlock: it is told with the list. */
  daily(): Promise<void>;
  /** The vault's own, newest first, damaged ones too: what opens in them is what the vault once held. */
  own(): readonly NamedBackup[];
}

/** `changed` is told when the vault was replaced, and so locked. */
export function createBackups(world: BackupWorld, changed: () => void): Backups {
  let problem: string | undefined;
  return {
    async daily() {
      // Whoever unlocked is answered first.
      await setImmediate();
      try {
        if (await isDue(world)) await createBackup(world);
        problem = undefined;
      } catch (error) {
        // Locked meanwhile: the next unlock makes it.
        if (error instanceof AppError && error.code === 'locked') return;
        problem = error instanceof AppError ? error.message : `A bug: see ${world.log.bug(error)} in rondo.log.`;
      }
    },
    own: () => namedBackups(world),
    handlers: {
      'backup.create': async ({ path }) => ({ backup: await createBackup(world, path) }),
      'backup.list': async () => ({ backups: await listBackups(world), ...(problem === undefined ? {} : { problem }) }),
      'backup.restore': async ({ path, confirm, password, recoveryCode }) => {
        // The contract lets exactly one of them through.
        const secret = password ?? recoveryCode ?? new Uint8Array(0);
        const by = password === undefined ? 'recovery' : 'password';
        try {
          return await restoreBackup(world, { path, confirm, secret, by });
        } finally {
          changed();
        }
      },
    },
  };
}
