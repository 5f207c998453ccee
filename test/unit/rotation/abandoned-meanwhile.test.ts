import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import type { Twist } from '../../support/in-between.ts';
import { steppedClock } from '../../support/stepped-clock.ts';

/** A rotation whose value is taken goes on by itself, as `twist` has CircleCI answer; whoever gives it up asked before. */
async function givenUpWhileItGoesOn(twist: Twist, act: (connected: ConnectedCore, id: string) => Promise<void>) {
  const clock = steppedClock(60_000);
  await using connected = await connectedCore({ clock });
  const { id, replacement = '' } = await connected.rotate(await connected.pick({ label: 'danger' }), {
    retire: 'taken',
  });
  expectOk(await connected.client('token.take', { id: replacement }));
  expectOk(await connected.client('token.taken', { id: replacement }));
  const looking = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  connected.between.twist = async (request, ask) => {
    looking.resolve();
    await asked.promise;
    return twist(request, ask);
  };
  const dispose = connected.core.retireWhenDue();
  await clock.step();
  await looking.promise;
  const acted = act(connected, id);
  asked.resolve();
  await acted;
  dispose();
}

describe('a rotation that is given up while it goes on by itself', () => {
  test.each([{}, { confirm: 'ABANDON' }])('is answered as it ended, asked with %j', async (word) => {
    await givenUpWhileItGoesOn(
      (_asked, ask) => ask(),
      async ({ client }, id) => {
        const { rotations } = expectOk(await client('rotation.abandon', { id: id.slice(0, 8), ...word }));
        expect(rotations).toMatchObject([{ id, state: 'done' }]);
      },
    );
  });

  test('is not given up where it came further than was asked about', async () => {
    await givenUpWhileItGoesOn(
      ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{"message":"Token deleted."}' } : ask()),
      async ({ client }, id) => {
        const failure = expectFailure(await client('rotation.abandon', { id, confirm: 'ABANDON' }));
        expect(failure.code).toBe('confirmation-required');
        expect(failure.message).toContain('said to be deleted');
        expect(expectOk(await client('rotation.show', { id })).rotations).toMatchObject([{ state: 'needs-attention' }]);
        const { rotations } = expectOk(await client('rotation.abandon', { id, confirm: 'ABANDON' }));
        expect(rotations).toMatchObject([{ state: 'abandoned' }]);
      },
    );
  });
});
