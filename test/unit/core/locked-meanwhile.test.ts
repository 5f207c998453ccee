import { expect, test } from 'vitest';
import { expectFailure, expectOk, password } from '../../support/core-pieces.ts';
import { temporaryCore } from '../../support/temporary-core.ts';

// Locking waits for what is under way, and takes the page away that would have shown what comes of it.

test.each(['vault.make-recovery-code', 'vault.make-keychain-key'] as const)(
  'a lock that comes before %s has written anything stops it: what opened the vault goes on to do so',
  async (make) => {
    await using temporary = await temporaryCore();
    const { client } = temporary;
    const made = expectOk(await client(make, { password: password() }));
    const making = client(make, { password: password() });
    const locking = client('vault.lock', {});
    expect(expectFailure(await making)).toMatchObject({
      code: 'stopped',
      message: expect.stringMatching(/Nothing was changed\.$/),
    });
    expectOk(await locking);
    expectOk(await client('vault.unlock', made));
    const { entries } = expectOk(await client('audit.list', {}));
    expect(entries.filter(({ action }) => /^vault\.\w+-added$/.test(action))).toHaveLength(1);
    // Once it is open again, it is made as ever.
    expectOk(await client(make, { password: password() }));
  },
);
