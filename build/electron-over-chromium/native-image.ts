import { readFileSync } from 'node:fs';
import { named } from './unimplemented.ts';

export interface NativeImage {
  isEmpty(): boolean;
  toPNG(): Buffer;
  getSize(): { readonly width: number; readonly height: number };
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** PNG only: what else Electron reads, Rondo does not have. Anything else is an empty image, as in Electron. */
export function createNativeImage(bytes: Buffer): NativeImage {
  const isPng = bytes.subarray(0, signature.length).equals(signature);
  return named('NativeImage', {
    isEmpty: () => !isPng,
    toPNG: () => (isPng ? Buffer.from(bytes) : Buffer.alloc(0)),
    // Width and height are the first two numbers of the first chunk.
    getSize: () =>
      isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 0, height: 0 },
  });
}

export const nativeImage = named('nativeImage', {
  createEmpty: () => createNativeImage(Buffer.alloc(0)),
  createFromPath(path: string): NativeImage {
    try {
      return createNativeImage(readFileSync(path));
    } catch {
      return createNativeImage(Buffer.alloc(0));
    }
  },
});
