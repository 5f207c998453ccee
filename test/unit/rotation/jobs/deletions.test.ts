import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDeletions, type Deletions } from '../../../../main/rotation/jobs/deletions.ts';
import type { Item } from '../../../../main/rotation/jobs/work-list.ts';
import type { RotationRecord } from '../../../../main/rotation/rotation-record.ts';

/** One of a job's list, which makes tokens of this kind. */
function item(token: string, { mode = 'cut-over', creates = 'project', open }: Partial<Made> = {}): Item {
  const ground = { origin: 'https://circleci.com', creates, account: 'a', place: `project ${token}`, alone: false };
  return { work: { token, mode, ...(open === undefined ? {} : { open }) }, ground };
}

interface Made {
  readonly mode: Item['work']['mode'];
  readonly creates: string;
  readonly open: RotationRecord;
}

const at = '2026-11-23T08:00:00.000Z';
const unmade: RotationRecord = {
  id: 'd'.repeat(32),
  token: 'first',
  account: 'a'.repeat(32),
  place: { kind: 'project', slug: 'gh/acme/web' },
  request: { label: 'deploy' },
  keep: false,
  mode: 'cut-over',
  retire: 'now',
  guided: false,
  state: 'needs-attention',
  steps: [],
  startedAt: at,
  retiredAt: at,
  proofs: [],
};
const made: RotationRecord = { ...unmade, createdAt: at };

const first = item('first');
const second = item('second');

describe('which cut-over may begin', () => {
  test('one of a kind alone, until it has shown that such tokens are made', () => {
    const deletions = createDeletions();
    expect(deletions.mayBegin(first, [])).toBe(true);
    expect(deletions.mayBegin(second, [first])).toBe(false);
    deletions.ended(first, made);
    expect(deletions.mayBegin(second, [item('third')])).toBe(true);
  });

  test('beside one of another kind, and beside those that make the new one first', () => {
    const deletions = createDeletions();
    expect(deletions.mayBegin(second, [item('mine', { creates: 'personal' })])).toBe(true);
    expect(deletions.mayBegin(second, [item('other', { mode: 'overlap' })])).toBe(true);
    deletions.ended(item('mine', { creates: 'personal' }), made);
    expect(deletions.mayBegin(second, [first]), 'of personal ones nothing follows for these').toBe(false);
  });

  test.each<[string, Item, RotationRecord | undefined]>([
    ['was not begun', first, undefined],
    ['ended without a new token', first, unmade],
    ['had its new token before this run', item('first', { open: made }), made],
  ])('none beside another after one that %s: it shows nothing', (_what, ended, record) => {
    const deletions = createDeletions();
    deletions.ended(ended, record);
    expect(deletions.mayBegin(second, [])).toBe(true);
    expect(deletions.mayBegin(second, [item('third')])).toBe(false);
  });

  test('one that was half done and has its new token from this run shows it as well', () => {
    const deletions = createDeletions();
    deletions.ended(item('first', { open: unmade }), made);
    expect(deletions.mayBegin(second, [item('third')])).toBe(true);
  });

  test('none of any kind while one is held, and then again', () => {
    const deletions = createDeletions();
    deletions.ended(item('shown'), made);
    deletions.hold(first);
    expect(deletions.mayBegin(second, [])).toBe(false);
    expect(deletions.mayBegin(item('mine', { creates: 'personal' }), [])).toBe(false);
    expect(deletions.mayBegin(item('other', { mode: 'overlap' }), []), 'the new one comes first').toBe(true);
    deletions.ended(first, unmade);
    expect(deletions.mayBegin(second, [])).toBe(true);
  });
});

describe('one that had begun before another was held', () => {
  /** Says, when everything that could let it go has had its turn, whether it still waits. */
  function beforeDeleting(deletions: Deletions, token: string): () => Promise<boolean> {
    let isWaiting = true;
    void deletions.untilNoneIsHeld(token).then(() => {
      isWaiting = false;
    });
    return () => setImmediate().then(() => isWaiting);
  }

  test('deletes at once where none is held', async () => {
    expect(await beforeDeleting(createDeletions(), 'second')()).toBe(false);
  });

  test('waits for every one that is held, and no longer', async () => {
    const deletions = createDeletions();
    deletions.hold(first);
    deletions.hold(second);
    const waits = beforeDeleting(deletions, 'third');
    expect(await waits()).toBe(true);
    deletions.ended(first, made);
    expect(await waits(), 'the second has nothing either').toBe(true);
    deletions.ended(item('fourth'), made);
    expect(await waits(), 'another one ended').toBe(true);
    deletions.ended(second, undefined);
    expect(await waits()).toBe(false);
    expect(await beforeDeleting(deletions, 'fifth')()).toBe(false);
  });

  test('is held itself and waits for nobody: its deletion was untrue, and it would wait for itself', async () => {
    const deletions = createDeletions();
    deletions.hold(first);
    deletions.hold(second);
    expect(await beforeDeleting(deletions, 'first')()).toBe(false);
    expect(await beforeDeleting(deletions, 'second')()).toBe(false);
  });

  test('may be held more than once: it is tried again, and ends once', async () => {
    const deletions = createDeletions();
    deletions.hold(first);
    deletions.hold(first);
    deletions.ended(first, made);
    expect(await beforeDeleting(deletions, 'second')()).toBe(false);
  });
});
