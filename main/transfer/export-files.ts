import { AppError } from '../app-error.ts';
import { writeNewFile } from '../platform/durable-files.ts';
import { fileKind, hasCode, readRegularFile } from '../platform/files.ts';

/** No export is larger (main/vault/export-header.ts says how large one is exactly). */
const maxFileBytes = 160 * 1024 * 1024;

/** @throws AppError invalid-input; not-found and storage as `writeExportFile` */
export function refuseNameInUse(path: string): void {
  if (withFailures('written', () => fileKind(path)) !== 'absent') throw nameInUse(path);
}

/** @throws AppError invalid-input (the name is in use), not-found (no folder), storage */
export function writeExportFile(path: string, content: Uint8Array): void {
  if (!withFailures('written', () => writeNewFile(path, content))) throw nameInUse(path);
}

/** @throws AppError not-found, invalid-input (no file, too large), storage */
export function readExportFile(path: string): Uint8Array {
  const read = withFailures('read', () => readRegularFile(path, maxFileBytes));
  if (read === 'no-file') throw new AppError('invalid-input', `${path} is no file.`, { effect: 'nothing-changed' });
  if (read === 'too-large') {
    throw new AppError('invalid-input', `${path} is larger than any export of Rondo.`, {
      effect: 'nothing-changed',
      details: { problem: 'too-large' },
    });
  }
  return read;
}

function nameInUse(path: string): AppError {
  return new AppError('invalid-input', `There is something named ${path} already. It was not touched.`, {
    hint: 'Choose another name.',
  });
}

function withFailures<T>(act: 'written' | 'read', work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    if (hasCode(cause, 'ENOENT', 'ENOTDIR')) {
      const what = act === 'read' ? 'There is no such file' : 'There is no such folder';
      throw new AppError('not-found', `${what}.`, { effect: 'nothing-changed', cause });
    }
    const full = hasCode(cause, 'ENOSPC', 'EDQUOT', 'EFBIG');
    throw new AppError(
      'storage',
      `${full ? 'The disk is full' : `The file could not be ${act}`}. Nothing was changed.`,
      {
        hint: full
          ? 'Make room on the disk, then try again.'
          : 'Check who owns the folder and whether it is read-only.',
        details: { code: cause.code },
        cause,
      },
    );
  }
}
