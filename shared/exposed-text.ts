/** A folder that everybody may read holds backups as well: after so many names the others only make it long. */
const namedAtMost = 3;

/** What a person is told of files whose rights could not be taken from others, and what to do. */
export function exposedText(paths: readonly string[]): { readonly what: string; readonly next: string } {
  const more = paths.length - namedAtMost;
  const named = paths.slice(0, namedAtMost).join(', ');
  const files = more > 0 ? `${named} and ${more} more` : named;
  return {
    what: `Others on this computer have rights to ${files}, and these could not be taken away.`,
    next: 'Keep the vault in a folder of your own, on a disk that knows owners.',
  };
}
