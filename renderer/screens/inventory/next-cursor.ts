import type { Line } from './use-token-table.ts';

/**
 * The line that a key leads to; undefined where the key moves nothing. Up and down stop at tokens and at the heads of
 * folded groups; left is the head of the group, right the first token under an open one, as in any tree.
 */
export function nextCursor(lines: readonly Line[], from: number, key: string, page: number): Line | undefined {
  const at = lines[from];
  switch (key) {
    case 'ArrowDown':
      return stopFrom(lines, from + 1, 1);
    case 'ArrowUp':
      return from < 0 ? undefined : stopFrom(lines, from - 1, -1);
    case 'ArrowLeft':
      return at?.is === 'token' ? lines.findLast((line, index) => index < from && line.is === 'group') : undefined;
    case 'ArrowRight':
      return at?.is === 'group' && !at.folded ? stopFrom(lines, from + 1, 1) : undefined;
    case 'PageDown':
      return stopFrom(lines, Math.min(lines.length - 1, from + page), -1) ?? stopFrom(lines, from, 1);
    case 'PageUp':
      return stopFrom(lines, Math.max(0, from - page), 1);
    case 'Home':
      return stopFrom(lines, 0, 1);
    case 'End':
      return stopFrom(lines, lines.length - 1, -1);
    default:
      return undefined;
  }
}

/** Whether a key folds or unfolds the group whose head is under the cursor. */
export function folds(line: Line | undefined, key: string): boolean {
  if (line?.is !== 'group') return false;
  return key === 'Enter' || key === ' ' || key === (line.folded ? 'ArrowRight' : 'ArrowLeft');
}

function stopFrom(lines: readonly Line[], start: number, step: 1 | -1): Line | undefined {
  for (let index = start; index >= 0 && index < lines.length; index += step) {
    const line = lines[index];
    if (line?.is === 'token' || line?.folded) return line;
  }
  return undefined;
}
