import * as z from 'zod';
import { maxSecretBytes } from './kit.ts';
import { nonceBytes, publicKeyBytes, tagBytes } from './page-seal.ts';

const bytesOfLength = (least: number, most: number) =>
  z.custom<Uint8Array<ArrayBuffer>>(
    (bytes) => bytes instanceof Uint8Array && bytes.length >= least && bytes.length <= most,
  );

/** An input whose bytes a page sealed: page-seal.ts. */
export const sealedInput = z.strictObject({
  from: bytesOfLength(publicKeyBytes, publicKeyBytes),
  answer: z.literal('open').exactOptional(),
  open: z.record(z.string(), z.unknown()),
  sealed: z.record(z.string(), bytesOfLength(nonceBytes + tagBytes, nonceBytes + maxSecretBytes + tagBytes)),
});
