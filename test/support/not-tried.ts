import { expect, test } from 'vitest';
import type { Missing } from './debian-packages.ts';

/** In place of tests that need more of the machine than it has. Where that can be installed it is no excuse, and fails. */
export function notTried(what: string, { packages, refusal }: Missing): void {
  const names = packages.join(' and ');
  test(`NOT TRIED: ${what}, for want of ${names}`, () => {
    expect(refusal, 'Debian has installed it, and it is not found').toBeDefined();
    process.stderr.write(`Not tried: ${what}. Install ${names} (Debian's names): ${refusal}.\n`);
  });
}
