import { expect, test } from 'vitest';
import { isOpenToDebuggers } from '../../../main/electron/debugging.ts';

const opening = ['--remote-debugging-port=9222', '--remote-debugging-port', '--remote-debugging-pipe'];
const otherwise = ['-remote-debugging-port=0', '/remote-debugging-port=0', '--Remote-Debugging-Address=0.0.0.0'];

test.each([...opening, ...otherwise])('a packed app with %s is open to other programs', (option) => {
  expect(isOpenToDebuggers({ argv: ['rondo-window', '--vault=/tmp/v', option] })).toBe(true);
});

test('one that is run unpacked may be, and one without the option is not', () => {
  expect(isOpenToDebuggers({ argv: ['electron', ...opening, '.'], defaultApp: true })).toBe(false);
  expect(isOpenToDebuggers({ argv: ['rondo-window'] })).toBe(false);
  expect(isOpenToDebuggers({ argv: ['rondo-window', '--vault=/tmp/remote-debugging-port'] })).toBe(false);
});
