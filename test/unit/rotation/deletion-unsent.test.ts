import { describe, expect, test } from 'vitest';
import { oldTokenFate } from '../../../shared/old-token-fate.ts';
import { tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';

async function resumeUnder(connected: ConnectedCore, ...faults: string[]) {
  await connected.faults({ clear: true, add: faults });
  const [rotation] = await connected.resume();
  if (rotation === undefined) throw new Error('nothing was resumed');
  return rotation;
}

describe.each(['cut-over', 'overlap'] as const)('a deletion that was refused in %s, and is not sent again', (mode) => {
  test('because CircleCI does not say who asks: a person is waited for as before, and the old token is there', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    await connected.faults({ add: ['error=403@DELETE /'] });
    const begun = await connected.rotate(old, { mode });
    expect(begun).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });

    const resumed = await resumeUnder(connected, 'error=500@GET /api/v2/me');
    expect(resumed).toMatchObject({ state: 'waiting', guide: { act: 'delete' }, error: { code: 'server-error' } });
    expect(oldTokenFate(resumed)).toBe('there');

    const refused = await resumeUnder(connected, 'error=422@DELETE /');
    expect(refused).not.toHaveProperty('deletionLost');
    expect(oldTokenFate(refused)).toBe('there');
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    expect(await resumeUnder(connected)).toMatchObject({ state: 'done' });
  });
});

test('the person who was waited for can still say that it is done', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  await connected.faults({ add: ['error=403@DELETE /'] });
  await connected.rotate(old, { mode: 'cut-over' });
  const resumed = await resumeUnder(connected, 'error=500@GET /api/v2/me');
  await connected.faults({ clear: true });
  await connected.colleague('DELETE', `/api/v1.1/project/gh/tidewater/web/token/${old.remoteId}`);
  expect(await tell(connected, resumed, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
});
