import { expect, test } from 'vitest';
import { installPackages } from './debian-packages.ts';

/** In place of tests that need more of the machine than it has. Where that can be installed it is no excuse, and fails. */
export function notTried(what: string, packages: readonly string[]): void {
  test(`NOT TRIED: ${what}, for want of ${packages.join(' and ')}`, () => {
    const refusal = installPackages(...packages);
    expect(refusal, 'Debian has installed it, and it is not found').toBeDefined();
    process.stderr.write(`Not tried: ${what}. Install ${packages.join(' and ')} (Debian's names): ${refusal}.\n`);
  });
}
