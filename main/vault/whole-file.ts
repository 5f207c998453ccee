// Whether a closed file of SQLite is all there is of it.
//
// Closing moves the write-ahead log into the file and removes it. A disk that fails just then leaves it beside the file, and
// nobody hears of that: for the vault itself nothing is lost, as the next one who opens it moves the rest. A file that is
// given another name afterwards would lose it. So whoever made one asks here before it counts.
import { AppError } from '../app-error.ts';
import { sizeOf } from '../platform/files.ts';
import { sidePathsOf } from './vault-paths.ts';

/** Of a file that is closed, and that nobody else opens. @throws AppError storage; errors of the disk */
export function assertWhole(path: string): void {
  const [walPath = ''] = sidePathsOf(path);
  if ((sizeOf(walPath) ?? 0) > 0) throw notWhole();
}

function notWhole(): AppError {
  return new AppError('storage', 'The disk did not take the whole new file, so it was not used. Nothing was changed.', {
    hint: 'Make room on the disk, then try again. If it stays, copy the folder of the vault to another disk.',
  });
}
