import { describe, expect, test } from 'vitest';
import { alike, byHand, bytes, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import type { Asked } from '../../support/in-between.ts';

/** Without a list the refusal of the old value alone proves its deletion: not where CircleCI refuses a good one as well. */
const modes = ['overlap', 'cut-over'] as const;
const kinds = [
  ['project', { label: 'danger' }, 404],
  ['personal', { label: 'circleci-cli' }, 401],
] as const;
const cases = kinds.flatMap(([kind, wanted, status]) => modes.map((mode) => ({ kind, wanted, status, mode })));

const isList = ({ method, path }: Asked) => method === 'GET' && path.endsWith('/token');
const isUse = ({ method, path }: Asked) =>
  method === 'GET' && /\/me$|\/v1\.1\/project\/[^/]+\/[^/]+\/[^/]+$/.test(path);

/** Its value is known, so that it can be asked whether it is refused. */
async function knownOld(connected: ConnectedCore, wanted: { label: string }) {
  const old = await connected.pick(wanted);
  const { value = '' } = connected.alive().get(old.remoteId ?? '') ?? {};
  expectOk(await connected.client('token.adopt', { id: old.id, value: bytes(value) }));
  return { old };
}

describe.each(cases)('a $kind token that CircleCI says it deleted ($mode), without a list from then on', (one) => {
  async function rotated(connected: ConnectedCore, { refusesAll }: { readonly refusesAll: boolean }) {
    const { old } = await knownOld(connected, one.wanted);
    let isSaid = false;
    connected.between.twist = async (asked, ask) => {
      if (isSaid && isList(asked)) return { status: 405, body: '{}' };
      if (isSaid && isUse(asked) && refusesAll) return { status: one.status, body: '{}' };
      if (asked.method !== 'DELETE') return ask();
      isSaid = true;
      return refusesAll ? { status: 200, body: '{}' } : ask();
    };
    return { old, rotation: await connected.rotate(old, { mode: one.mode }) };
  }

  test('is not taken for gone where everybody is refused', async () => {
    await using connected = await connectedCore();
    const { old, rotation } = await rotated(connected, { refusesAll: true });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    expect(rotation).toMatchObject({ state: 'needs-attention', guide: { act: 'delete' } });
    expect(rotation.error?.message).toMatch(/no list any more that would prove it/);
  });

  test('is proved by its refusal where one that works is accepted at that moment', async () => {
    await using connected = await connectedCore();
    const { old, rotation } = await rotated(connected, { refusesAll: false });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    const step = rotation.steps.find(({ name }) => name === 'prove-old-gone');
    expect(step).toMatchObject({ state: 'done' });
    expect(step?.detail).toMatch(/, with the token and with one that should work: 40[14] and 200$/);
    expect(step?.detail).not.toContain('the person');
  });
});

test.each(modes)(
  "deleted by hand without a list has the person's word where everybody is refused (%s)",
  async (mode) => {
    let isRefusing = false;
    const observe = (point: string) => {
      isRefusing ||= point === 'journal prove-old-gone running after';
    };
    await using connected = await connectedCore({ observe });
    const { sandbox, between } = connected;
    const { old } = await knownOld(connected, { label: 'danger' });
    between.twist = (asked, ask) => {
      if (isList(asked)) return { status: 403, body: '{}' };
      return isRefusing && isUse(asked) && !asked.path.endsWith('/me') ? { status: 404, body: '{}' } : ask();
    };
    const begun = await connected.rotate(old, { mode });
    const made = async () => tell(connected, begun, { value: (await alike(sandbox, old)).value });
    const waiting = mode === 'overlap' ? await made() : begun;
    await byHand(sandbox).remove(old.remoteId ?? '');
    const told = await tell(connected, waiting, { confirm: 'deleted' });
    isRefusing = false;
    const ended = mode === 'overlap' ? told : await made();
    const proofs = ended.receipt?.proofs ?? [];
    expect(proofs.find(({ what }) => what === 'the old token is refused')).toMatchObject({
      answered: '404 and 404',
      ok: false,
    });
    expect(proofs.find(({ what }) => what === 'the old token is deleted')).toMatchObject({
      asked: 'the person who deleted it',
      ok: false,
    });
  },
);
