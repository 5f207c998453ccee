// Rondo started again while its window is open: the second process ends, and the window comes to the front. From the moment in
// which the last window closes there is no first any more (ending.ts): who starts it then gets a window of their own.
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import * as z from 'zod';
import type { Door } from '../../shared/contract/window.ts';
import { vaultFileName } from '../../shared/vault-files.ts';
import { fileIdentity } from '../platform/files.ts';

/** What the second process tells the first: everybody on the machine may read it there, so it is paths and no more. */
const wanted = z.object({ vaultDir: z.string() });
export type Wanted = z.output<typeof wanted>;

/** The folder of the vault that a second start wanted, where it is not the one that the window shows. */
export function otherVault(told: unknown, shownDir: string): string | undefined {
  const { data } = wanted.safeParse(told);
  return data === undefined || isSameVault(data.vaultDir, shownDir) ? undefined : data.vaultDir;
}

/** A folder has other names: a link, or another spelling where the file system takes that. */
function isSameVault(a: string, b: string): boolean {
  const [one, other] = [a, b].map((dir) => fileIdentity(join(dir, vaultFileName)));
  return a === b || (one !== undefined && one === other);
}

export function besides(otherVaultDir: string | undefined, { otherVault: _before, ...door }: Door): Door {
  return otherVaultDir === undefined ? door : { ...door, otherVault: otherVaultDir };
}

export function raise(window: BrowserWindow | undefined): void {
  // It may be closed already, while quitting waits for the core.
  if (window === undefined || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
