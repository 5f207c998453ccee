import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSettingsFile } from '../../../main/electron/settings-file.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rondo-settings-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const usual = { theme: 'system', idleMs: 600_000 };

test('what was changed is there after the next start, also where the folder was not there before', () => {
  const path = join(dir, 'new/settings.json');
  const settings = createSettingsFile(path);
  expect(settings.read()).toEqual(usual);
  expect(settings.change({ theme: 'dark' })).toEqual({ ...usual, theme: 'dark' });
  expect(createSettingsFile(path).change({ idleMs: 60_000 })).toEqual({ theme: 'dark', idleMs: 60_000 });
});

test.each(['', 'no JSON', '[]', '{"theme":"neon"}', '{"idleMs":1}', '{"surplus":true}'])(
  'a file that holds %j counts as none, and can be written again',
  async (content) => {
    const path = join(dir, 'settings.json');
    await writeFile(path, content);
    const settings = createSettingsFile(path);
    expect(settings.read()).toEqual(usual);
    settings.change({ theme: 'light' });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ theme: 'light' });
  },
);

test('what could not be written is not in force either', async () => {
  const path = join(dir, 'settings.json');
  await mkdir(path);
  const settings = createSettingsFile(path);
  expect(() => settings.change({ theme: 'dark' })).toThrow(expect.objectContaining({ code: 'storage' }));
  expect(settings.read()).toEqual(usual);
});
