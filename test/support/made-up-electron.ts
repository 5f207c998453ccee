import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What Electron's binary carries so that its fuses can be found and set: a mark, the version of the format, the number of
 * fuses, and each as a digit.
 */
const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** As Electron ships them, in the order of its documentation. */
const asShipped = '101100011';

/** A folder as an unpacked Electron for Linux, as far as packing looks at it; the binary cannot run. */
export function makeUpElectron(dir: string, version: string): void {
  mkdirSync(join(dir, 'resources'), { recursive: true });
  writeFileSync(join(dir, 'version'), version);
  writeFileSync(join(dir, 'resources/default_app.asar'), 'the app that Electron shows when it has none');
  const wire = Buffer.concat([Buffer.from(mark), Buffer.from([1, asShipped.length]), Buffer.from(asShipped)]);
  writeFileSync(join(dir, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), { mode: 0o755 });
}

export function fusesOf(binary: Buffer): string {
  const start = binary.indexOf(mark) + mark.length + 2;
  return binary.subarray(start, start + asShipped.length).toString();
}
