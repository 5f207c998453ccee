import type { Dispose } from '../../shared/contract/kit.ts';
import type { PageEvent } from '../bridge/api.ts';
import { vaultLocked } from './door.ts';
import { takeOver, takeOverRotation } from './inventory.ts';
import { takeOverJob } from './jobs.ts';
import type { Tools } from './tools.ts';

/** Subscribe first, read second: what is announced in between is newer than the snapshot and applied after it. */
export function listen(tools: Tools): Dispose {
  return tools.api.subscribe((event) => apply(tools, event));
}

function apply(tools: Tools, event: PageEvent): void {
  const { get, set } = tools;
  switch (event.event) {
    case 'vault.changed': {
      const { exists, locked, path } = event.value;
      const { vault, entry } = get();
      // A vault that is being created is there before it is open, and who creates it has its password already.
      if (vault.is === 'missing' && exists && locked && entry.at === 'deriving') return;
      if (!exists) set({ vault: { is: 'missing', path } });
      else if (locked && vault.is === 'open') vaultLocked(tools, path);
      else if (locked && vault.is !== 'locked') set({ vault: { is: 'locked', path } });
      return;
    }
    case 'inventory.changed':
      if (get().vault.is === 'open') takeOver(tools, event.value, event.revision);
      return;
    case 'rotation.changed':
      if (get().vault.is === 'open') takeOverRotation(tools, event.value);
      return;
    case 'job.changed':
      if (get().vault.is === 'open') takeOverJob(tools, event.value);
      return;
    case 'sync.progress':
      if (get().sync.is === 'running') set({ sync: { is: 'running', ...event.value } });
      return;
    case 'door.changed': {
      set({ door: event.value });
      // The core that held the keys is gone, however it went: what it told is not shown any longer.
      const { vault } = get();
      if (event.value.core === 'starting' && vault.is === 'open') vaultLocked(tools, vault.path);
      return;
    }
    case 'settings.changed':
      set({ settings: event.value });
      return;
    case 'clipboard.changed':
      set({ clipboard: event.value });
      return;
  }
}
