import type { Under } from '../../state/list.ts';
import type { Line } from './use-token-table.ts';

/** The line of the cursor, or else the first token, or where all groups are folded the first head. */
export function onLine(lines: readonly Line[], last: Under): Under {
  let first: Line | undefined;
  for (const line of lines) {
    if (line.key === (line.is === 'group' ? last.head : last.cursor)) return under(line);
    if (first === undefined || (first.is === 'group' && line.is === 'token')) first = line;
  }
  return under(first);
}

export function under(line: Line | undefined): Under {
  if (line?.is === 'group') return { cursor: undefined, head: line.key };
  return { cursor: line?.key, head: undefined };
}
