import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOutput } from '../../../main/platform/standard-streams.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const noStream = () => {
  throw new Error('a file needs no stream');
};

test('A file gets all bytes, in order, and they can be flushed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-output-'));
  const descriptor = openSync(join(folder, 'out'), 'w');
  const output = createOutput(descriptor, noStream);
  await Promise.all([output.write(bytes('one ')), output.write(bytes('two ')), output.write(bytes('three'))]);
  await output.flush();
  closeSync(descriptor);
  expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('one two three');
  expect(output.isTerminal).toBe(false);
  expect(output.columns()).toBeUndefined();
  rmSync(folder, { recursive: true });
});

test('A full disk is a failure, not a success', async () => {
  const descriptor = openSync('/dev/full', 'w');
  const output = createOutput(descriptor, noStream);
  await expect(output.write(bytes('value'))).rejects.toMatchObject({ code: 'ENOSPC' });
  closeSync(descriptor);
});

test('What has no disk behind it needs no flush', async () => {
  const descriptor = openSync('/dev/null', 'w');
  const output = createOutput(descriptor, noStream);
  await output.write(bytes('value'));
  await expect(output.flush()).resolves.toBeUndefined();
  closeSync(descriptor);
});
