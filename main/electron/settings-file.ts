import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Settings, type SettingsChange, settingsChange } from '../../shared/contract/window.ts';
import { AppError } from '../app-error.ts';
import { makePrivateFolder, replaceFile } from '../platform/durable-files.ts';
import { readStart } from '../platform/files.ts';

/** Ten minutes: a coffee locks it, a question from a colleague does not. */
const defaults: Settings = { theme: 'system', idleMs: 600_000 };

/** A whole file of settings is a few hundred bytes. */
const maxBytes = 65_536;

export interface SettingsFile {
  read(): Settings;
  /** @throws AppError storage */
  change(change: SettingsChange): Settings;
}

/**
 * In the clear, because the locked window needs it. A file that is damaged, or cannot be read, counts as none: nothing in
 * it is a loss.
 */
export function createSettingsFile(path: string): SettingsFile {
  let current = load(path);
  return {
    read: () => current,
    change(change) {
      const next = { ...current, ...change };
      try {
        makePrivateFolder(dirname(path));
        replaceFile(path, new TextEncoder().encode(JSON.stringify(next)));
      } catch (cause) {
        // It may stand in the file, and only the disk did not confirm that.
        if (!isDeepStrictEqual(load(path), next)) throw notWritten(cause);
      }
      current = next;
      return current;
    },
  };
}

function notWritten(cause: unknown): AppError {
  return new AppError('storage', 'The settings could not be written. They are as they were.', {
    hint: 'Is the disk full, or its folder read-only?',
    cause,
  });
}

function load(path: string): Settings {
  try {
    const bytes = readStart(path, maxBytes);
    if (bytes === undefined) return defaults;
    const parsed = settingsChange.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? { ...defaults, ...parsed.data } : defaults;
  } catch {
    return defaults;
  }
}
