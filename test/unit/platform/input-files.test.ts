import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBytes, readFirstLine } from '../../../main/platform/byte-streams.ts';
import { createInputFiles } from '../../../main/platform/input-files.ts';

const files = createInputFiles(() => Readable.from([]));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rondo-input-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array): string {
  const filePath = join(folder, 'input');
  writeFileSync(filePath, content);
  return filePath;
}

describe('The first line', () => {
  test.each([
    ['secret', 'secret'],
    ['secret\n', 'secret'],
    ['secret\r\n', 'secret'],
    ['secret\nmore\n', 'secret'],
    [' spaces stay \n', ' spaces stay '],
    ['', ''],
    ['\nsecond', ''],
    ['a\rb\n', 'a\rb'],
    ['ends with a carriage return\r', 'ends with a carriage return\r'],
  ])('of %j is %j', async (content, line) => {
    expect(text(await files.firstLine(file(content)))).toBe(line);
  });

  test('is bytes, whatever they are', async () => {
    const bytes = new Uint8Array([0xff, 0x00, 0xc3, 0x28, 0x0a, 0x41]);
    expect(await files.firstLine(file(bytes))).toEqual(bytes.slice(0, 4));
  });

  test('may be as long as a password may be, and no longer', async () => {
    expect(await files.firstLine(file(`${'x'.repeat(65_536)}\r\n`))).toHaveLength(65_536);
    await expect(files.firstLine(file('x'.repeat(65_537)))).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(files.firstLine(file('x'.repeat(1_000_000)))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('comes from an open descriptor too, which is then closed', async () => {
    const descriptor = openSync(file('secret\nmore'), 'r');
    expect(text(await files.firstLineOfDescriptor(descriptor))).toBe('secret');
  });

  test('of a named pipe comes when somebody writes it', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const line = files.firstLine(pipe);
    await writeFile(pipe, 'secret\nmore\n');
    expect(text(await line)).toBe('secret');
  });

  test('leaves the rest of a stream to the next reader', async () => {
    const stream = Readable.from([Buffer.from('pass'), Buffer.from('word\nto'), Buffer.from('ken\n')], {
      objectMode: false,
    });
    expect(text(await readFirstLine(stream))).toBe('password');
    expect(text(await readBytes(stream, 100))).toBe('token\n');
  });

  test('is overwritten where it passed through', async () => {
    const chunk = Buffer.from('password\nrest');
    await readFirstLine(Readable.from([chunk], { objectMode: false }));
    expect(chunk.subarray(0, 8).every((byte) => byte === 0)).toBe(true);
  });
});

describe('What cannot be read', () => {
  test.each([
    ['a file that is not there', () => join(folder, 'hunter2'), 'not-found'],
    ['a folder', () => folder, 'usage'],
    ['a path through a file', () => join(file('x'), 'hunter2'), 'not-found'],
  ])('%s has its own code, and its path is not repeated', async (_what, path, code) => {
    const reading = files.firstLine(path());
    await expect(reading).rejects.toMatchObject({ code });
    await expect(reading).rejects.not.toThrow('hunter2');
  });

  test('a descriptor that is not open is a usage error', async () => {
    await expect(files.firstLineOfDescriptor(999_999)).rejects.toMatchObject({ code: 'usage' });
  });

  test('a text over its limit is refused', async () => {
    expect(await files.text(file('PEM'), 3)).toBe('PEM');
    await expect(files.text(file('PEM.'), 3)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
