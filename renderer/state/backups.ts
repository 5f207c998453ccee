import type { Backup } from '../../shared/contract/backup.ts';
import type { Failure } from '../../shared/contract/result.ts';
import { noteOf } from './notes.ts';
import type { Tools } from './tools.ts';

export type BackupsView =
  | { readonly is: 'unread' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'read'; readonly backups: readonly Backup[]; readonly problem?: string };

/** One of another vault, or that nobody can read, does not say that a vault was here. */
export function hasFitBackup(view: BackupsView): boolean {
  return view.is === 'read' && view.backups.some(({ standing }) => standing === 'fit');
}

export interface BackupsSlice {
  readonly backups: BackupsView;
  backupsAsked(): Promise<void>;
  backupPressed(): Promise<void>;
  /** Overwrites the password. When it is done, the vault has locked itself, and this page goes. */
  backupRestored(path: string, password: Uint8Array, confirm: string): Promise<Failure | undefined>;
}

export function createBackupsSlice({ api, get, set }: Tools): BackupsSlice {
  return {
    backups: { is: 'unread' },

    async backupsAsked() {
      const answer = await api.call('backup.list', {});
      if (answer.ok) set({ backups: { is: 'read', ...answer.value } });
      else set({ backups: { is: 'failed', failure: answer.error } });
    },

    async backupPressed() {
      const answer = await api.call('backup.create', {});
      if (!answer.ok) get().noteShown(noteOf(answer.error));
      await get().backupsAsked();
    },

    async backupRestored(path, password, confirm) {
      try {
        const answer = await api.call('backup.restore', { path, password, confirm });
        return answer.ok ? undefined : answer.error;
      } finally {
        password.fill(0);
      }
    },
  };
}
