import { expect, test } from 'vitest';
import { hearCore } from '../../../main/electron/core-events.ts';
import type { RondoEvent } from '../../../shared/contract/contract.ts';

const replaced: RondoEvent = {
  event: 'vault.changed',
  revision: 2,
  value: { path: '/v', exists: true, locked: true, lockedBecause: 'replaced' },
};
const unlocked: RondoEvent = {
  event: 'vault.changed',
  revision: 1,
  value: { path: '/v', exists: true, locked: false },
};

function heard(event: RondoEvent, { isEnding = false, isLocking = false } = {}): unknown[] {
  const done: unknown[] = [];
  hearCore({
    isEnding: () => isEnding,
    isLocking: () => isLocking,
    toldWhileLocking: (reason) => done.push(['told', reason]),
    became: (isUnlocked) => done.push(['unlocked', isUnlocked]),
    lock: (reason) => done.push(['lock', reason]),
    push: ({ event: name }) => done.push(['push', name]),
  })(event);
  return done;
}

test('a core that locked itself gets a successor, and the page is told of all else', () => {
  expect(heard(replaced)).toEqual([
    ['unlocked', false],
    ['lock', 'replaced'],
  ]);
  expect(heard(unlocked)).toEqual([
    ['unlocked', true],
    ['push', 'vault.changed'],
  ]);
});

test('what it tells while it is being locked is kept for the unlock screen, and nothing goes to the fresh page', () => {
  expect(heard(replaced, { isLocking: true })).toEqual([['told', 'replaced']]);
  expect(heard(unlocked, { isLocking: true })).toEqual([]);
});

test('nothing that it tells while Rondo ends opens another window over another core', () => {
  expect(heard(replaced, { isEnding: true })).toEqual([]);
});
