import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { systemProcesses } from '../../../main/platform/processes.ts';

test('a process is over once it has ended, and only where that is certain', () => {
  const { own, isOver } = systemProcesses;
  expect(isOver(own)).toBe(false);
  const machine = own.slice(own.indexOf('@'));
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  expect(isOver(`${pid}${machine}`)).toBe(true);
  for (const unknown of [`${pid}@another`, `0${machine}`, `-1${machine}`, machine, '', 'me'])
    expect(isOver(unknown), unknown).toBe(false);
});
