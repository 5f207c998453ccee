import type { Id } from '../../../shared/ids.ts';
import type { Line } from './use-token-table.ts';

/** The token that a key leads to, past the heads of groups; undefined where the key moves nothing. */
export function nextCursor(lines: readonly Line[], from: number, key: string, page: number): Id | undefined {
  switch (key) {
    case 'ArrowDown':
      return tokenFrom(lines, from + 1, 1);
    case 'ArrowUp':
      return from < 0 ? undefined : tokenFrom(lines, from - 1, -1);
    case 'PageDown':
      return tokenFrom(lines, Math.min(lines.length - 1, from + page), -1) ?? tokenFrom(lines, from, 1);
    case 'PageUp':
      return tokenFrom(lines, Math.max(0, from - page), 1);
    case 'Home':
      return tokenFrom(lines, 0, 1);
    case 'End':
      return tokenFrom(lines, lines.length - 1, -1);
    default:
      return undefined;
  }
}

function tokenFrom(lines: readonly Line[], start: number, step: 1 | -1): Id | undefined {
  for (let index = start; index >= 0 && index < lines.length; index += step) {
    const line = lines[index];
    if (line?.is === 'token') return line.key;
  }
  return undefined;
}
