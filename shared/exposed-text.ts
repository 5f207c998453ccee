import type { VaultStatus } from './contract/vault.ts';

/** A folder that everybody may read holds backups as well: after so many names the others only make it long. */
const namedAtMost = 3;

/** What a person is told of files whose rights could not be taken from others, and what to do. */
export function exposedText(paths: readonly string[]): RightsText {
  return {
    what: `Others on this computer have rights to ${namesOf(paths)}, and these could not be taken away.`,
    next: 'Keep the vault in a folder of your own, on a disk that knows owners.',
  };
}

/** All that is told when a vault is opened. `shown`: how a path is written. */
export function rightsTexts(
  { exposed, narrowed }: Pick<VaultStatus, 'exposed' | 'narrowed'>,
  shown: (path: string) => string = (path) => path,
): RightsText[] {
  return [
    ...(exposed === undefined ? [] : [exposedText(exposed.map(shown))]),
    ...(narrowed === undefined ? [] : [narrowedText(narrowed.map(shown))]),
  ];
}

/** Of files whose rights were taken from others just now. */
function narrowedText(paths: readonly string[]): RightsText {
  return {
    what: `Others on this computer had rights to ${namesOf(paths)}; these were taken away now.`,
    next: 'Whoever copied them can go on guessing the password of the copy. If that may be, rotate the tokens whose values it holds.',
  };
}

export interface RightsText {
  readonly what: string;
  readonly next: string;
}

function namesOf(paths: readonly string[]): string {
  const more = paths.length - namedAtMost;
  const named = paths.slice(0, namedAtMost).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
