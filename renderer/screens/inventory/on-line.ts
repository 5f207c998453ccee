import type { Under } from '../../state/list.ts';
import type { Line } from './use-token-table.ts';

/**
 * The line of the cursor. Where it went from the list, as a deleted token's does, the nearest token that stayed: the next
 * one, else the one before. Else the first token, or where all groups are folded the first head.
 * @param before the lines of which it may have gone; empty where something else chose other lines, as a search does
 */
export function onLine(lines: readonly Line[], last: Under, before: readonly Line[] = []): Under {
  const isLast = ({ is, key }: Line) => key === (is === 'group' ? last.head : last.cursor);
  return under(lines.find(isLast) ?? neighbour(lines, before, before.findIndex(isLast)) ?? first(lines));
}

function neighbour(lines: readonly Line[], before: readonly Line[], from: number): Line | undefined {
  if (from < 0) return undefined;
  const stayed = new Map(lines.map((line) => [line.key, line]));
  const isThere = ({ is, key }: Line) => is === 'token' && stayed.has(key);
  const nearest = before.slice(from + 1).find(isThere) ?? before.slice(0, from).findLast(isThere);
  return nearest && stayed.get(nearest.key);
}

function first(lines: readonly Line[]): Line | undefined {
  return lines.find(({ is }) => is === 'token') ?? lines[0];
}

export function under(line: Line | undefined): Under {
  if (line?.is === 'group') return { cursor: undefined, head: line.key };
  return { cursor: line?.key, head: undefined };
}
