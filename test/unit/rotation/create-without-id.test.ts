import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';

const variants = ['create-without-id'] as const;

describe('where the answer to a create lacks the id', () => {
  test.each(['danger', 'circleci-cli', 'rondo'])(
    'the replacement of %s is one row, stays, and can be replaced',
    async (label) => {
      await using connected = await connectedCore({ variants });
      const sync = async () => {
        connected.advance(60_000);
        expectOk(await connected.client('sync.run', {}));
      };
      const old = await connected.pick({ label });
      const rotation = await connected.rotate(old, { keep: true });
      expect(rotation.state).toBe('done');
      expect(rotation.receipt?.proofs.every(({ ok }) => ok)).toBe(true);
      await sync();
      await sync();
      const rows = (await connected.tokens()).filter((token) => token.label === label && token.project === old.project);
      expect(rows.map(({ id, state }) => [id, state]).toSorted()).toEqual(
        [
          [old.id, 'revoked'],
          [rotation.replacement, 'active'],
        ].toSorted(),
      );
      const fresh = await connected.pick({ id: rotation.replacement ?? '' });
      expect(
        connected
          .alive()
          .get(fresh.remoteId ?? '')
          ?.value.slice(-4),
      ).toBe(fresh.tail);
      expect(await connected.rotate(fresh)).toMatchObject({ state: 'done' });
      expect(connected.alive().has(fresh.remoteId ?? '')).toBe(false);
    },
  );

  test('a token that is made by itself gets it from the list', async () => {
    await using connected = await connectedCore({ variants });
    const { client, account } = connected;
    const made = expectOk(await client('token.create-personal', { label: 'new', keep: true, account }));
    connected.advance(60_000);
    expectOk(await client('sync.run', {}));
    const rows = (await connected.tokens()).filter(({ label }) => label === 'new');
    expect(rows).toMatchObject([{ id: made.token.id, state: 'active', hasValue: 'kept' }]);
    expect(connected.alive().has(rows[0]?.remoteId ?? '')).toBe(true);
  });
});
