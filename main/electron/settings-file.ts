import { type Settings, type SettingsChange, settingsChange } from '../../shared/contract/window.ts';
import { readStart, replaceFile } from '../platform/files.ts';

/** Ten minutes: a coffee locks it, a question from a colleague does not. */
const defaults: Settings = { theme: 'system', idleMs: 600_000 };

/** A whole file of settings is a few hundred bytes. */
const maxBytes = 65_536;

export interface SettingsFile {
  read(): Settings;
  /** @throws errors of the disk */
  change(change: SettingsChange): Settings;
}

/** In the clear, because the locked window needs it. A file that is damaged counts as none: nothing in it is a loss. */
export function createSettingsFile(path: string): SettingsFile {
  let current = load(path);
  return {
    read: () => current,
    change(change) {
      current = { ...current, ...change };
      replaceFile(path, new TextEncoder().encode(JSON.stringify(current)));
      return current;
    },
  };
}

function load(path: string): Settings {
  const bytes = readStart(path, maxBytes);
  if (bytes === undefined) return defaults;
  try {
    const parsed = settingsChange.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? { ...defaults, ...parsed.data } : defaults;
  } catch {
    return defaults;
  }
}
