import { printable } from '../../../shared/labels.ts';

/** What a person is told of files whose rights could not be taken from others. */
export function exposedText(paths: readonly string[]): string {
  return `Others on this computer have rights to ${paths.map(printable).join(', ')}, and these could not be taken away. Keep the vault in a folder of your own, on a disk that knows owners.`;
}
