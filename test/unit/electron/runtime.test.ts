import { expect, test } from 'vitest';
import { describeRuntime } from '../../../main/electron/runtime.ts';

test('says what the window runs on, and whether it lacks its sandbox', () => {
  const versions = { electron: '45.4.1' };
  const argv = ['electron', '.'];
  expect(describeRuntime({ versions, argv, getuid: () => 1000 })).toBe('Electron 45.4.1');
  expect(describeRuntime({ versions, argv })).toBe('Electron 45.4.1');
  expect(describeRuntime({ versions, argv, getuid: () => 0 })).toBe(
    'Electron 45.4.1, without its sandbox (run as root)',
  );
  expect(describeRuntime({ versions, argv: [...argv, '--no-sandbox'], getuid: () => 1000 })).toBe(
    'Electron 45.4.1, without its sandbox (switched off)',
  );
});
