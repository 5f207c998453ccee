import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instanceAddress } from '../../build/electron-over-chromium/instance-address.ts';

let dir = '';
const { TMPDIR } = process.env;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'i-'));
  process.env.TMPDIR = dir;
});
afterEach(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  rmSync(dir, { recursive: true, force: true });
});

const modeOf = (path: string) => statSync(path).mode & 0o777;
const own = () => join(dir, `electron-over-chromium-of-${process.getuid?.()}`);

test('it lies beside the settings, in a folder for its user alone, one for each settings folder', () => {
  const path = instanceAddress(join(dir, 'settings'), {});
  expect(dirname(path)).toBe(join(dir, 'settings/instance'));
  expect(modeOf(dirname(path))).toBe(0o700);
  expect(instanceAddress(join(dir, 'settings'), {})).toBe(path);
  chmodSync(dirname(path), 0o777);
  expect(instanceAddress(join(dir, 'settings'), {})).toBe(path);
  expect(modeOf(dirname(path))).toBe(0o700);
});

test('where that is too long for a socket, in the folder of the session, else in one of our own', () => {
  const far = join(dir, 'long'.repeat(25));
  expect(dirname(instanceAddress(far, { XDG_RUNTIME_DIR: join(dir, 'run') }))).toBe(
    join(dir, 'run/electron-over-chromium'),
  );
  expect(dirname(instanceAddress(far, {}))).toBe(own());
  expect(instanceAddress(far, {})).not.toBe(instanceAddress(`${far}2`, {}));
  expect(modeOf(own())).toBe(0o700);
});

test('a folder that somebody else prepared is not used: a link, a file', () => {
  const settings = join(dir, 'settings');
  mkdirSync(settings);
  mkdirSync(join(dir, 'elsewhere'));
  symlinkSync(join(dir, 'elsewhere'), join(settings, 'instance'));
  expect(dirname(instanceAddress(settings, {}))).toBe(own());
  rmSync(own(), { recursive: true });
  writeFileSync(own(), '');
  expect(() => instanceAddress(settings, {})).toThrow('no folder of your own');
});

test('nor is the folder of another user', () => {
  const { getuid } = process;
  mkdirSync(join(dir, 'settings/instance'), { recursive: true });
  mkdirSync(join(dir, 'electron-over-chromium-of-4711'));
  try {
    process.getuid = () => 4711;
    expect(() => instanceAddress(join(dir, 'settings'), {})).toThrow('no folder of your own');
  } finally {
    if (getuid !== undefined) process.getuid = getuid;
  }
});
