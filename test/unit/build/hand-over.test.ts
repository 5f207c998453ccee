import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { handOver } from '../../../build/hand-over.mjs';

test("what the person's own window writes lies in one folder, and goes with it", async () => {
  let folders: readonly string[] = [];
  await handOver(async (...args) => {
    folders = args.map((word) => word.slice(word.indexOf('=') + 1));
    expect(args.map((word) => word.slice(0, word.indexOf('=')))).toEqual(['--vault', '--user-data-dir', '--marks-dir']);
    for (const folder of folders) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'written'), '');
    }
  });
  const [dir = '', ...others] = [...new Set(folders.map((folder) => dirname(folder)))];
  expect(others).toEqual([]);
  expect(dirname(dir)).toBe(tmpdir());
  expect(existsSync(dir)).toBe(false);
});
