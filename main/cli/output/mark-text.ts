import type { MarkFinding } from '../../../shared/contract/vault.ts';
import { markFileName } from '../../../shared/vault-files.ts';

/** What a person is told of the last sequence number that was seen. */
export function markText({ finding, sequence, seen }: MarkFinding): string {
  switch (finding) {
    case 'missing':
      return `${markFileName} is not there, so that an older copy of the vault would not be noticed this time. It is written again now.`;
    case 'unreadable':
      return `${markFileName} cannot be read, so that an older copy of the vault would not be noticed this time. It is written again now.`;
    case 'rolled-back':
      return seen === undefined
        ? 'An older copy of the vault was put in its place, from before its keys were changed. `rondo vault repair` accepts it.'
        : `An older copy of the vault was put in its place: it is at ${sequence}, and was at ${seen} before. \`rondo vault repair\` accepts it.`;
  }
}
