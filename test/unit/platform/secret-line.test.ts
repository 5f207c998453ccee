import { describe, expect, test } from 'vitest';
import { createSecretLine } from '../../../main/platform/secret-line.ts';

/** Types the keys one chunk after another; answers the last state and the line. */
function typed(...chunks: readonly string[]): { readonly state: string; readonly line: string } {
  const line = createSecretLine();
  let state = 'more';
  for (const chunk of chunks) state = line.type(new TextEncoder().encode(chunk));
  return { state, line: new TextDecoder().decode(line.bytes()) };
}

describe('A line typed without an echo', () => {
  test.each([
    ['characters of any script', ['pä', 'ss🙂\r'], 'päss🙂'],
    ['backspace over one character of several bytes', ['päß🙂\u007f\u007f', 'x\r'], 'päx'],
    ['backspace on an empty line', ['\u007f\ba\n'], 'a'],
    ['Ctrl+U, which begins anew', ['wrong\u0015right\r'], 'right'],
    ['arrow and function keys, which are no part of it', ['a\u001b[Db\u001bOPc\u001b[15~d\r'], 'abcd'],
    ['a sequence cut between two chunks', ['a\u001b', '[', 'Db\r'], 'ab'],
    ['other control keys, which do nothing', ['a\u0001\u001ab\r'], 'ab'],
    ['Ctrl+D after something, which does nothing', ['a\u0004b\r'], 'ab'],
  ])('takes %s', (_what, chunks, line) => {
    expect(typed(...chunks)).toEqual({ state: 'done', line });
  });

  test('ends without a password by Ctrl+C, and by Ctrl+D where nothing was typed', () => {
    expect(typed('abc\u0003').state).toBe('interrupt');
    expect(typed('\u0004').state).toBe('end');
  });

  test('has an end', () => {
    expect(typed('x'.repeat(65_536)).state).toBe('more');
    expect(typed('x'.repeat(65_537)).state).toBe('full');
  });

  test('is gone after wiping', () => {
    const line = createSecretLine();
    line.type(new TextEncoder().encode('secret'));
    line.wipe();
    expect(line.bytes()).toHaveLength(0);
  });
});
