import type { Random } from '../platform/random.ts';

/**
 * What ids and values look like on CircleCI. A value since July 2023 is `CCIPAT_` (personal) or `CCIPRJ_` (project), the
 * token's id in base58, and 40 hex digits; before, it was 40 hex digits alone. Rondo tells by the middle part which row
 * of a list a value belongs to: if it stops being the id, nothing here fails, but the sandbox imitates badly.
 */
const base58Alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A random UUID (version 4). */
export function newUuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function newValue(kind: 'personal' | 'project', id: string, random: Random): string {
  return `${kind === 'personal' ? 'CCIPAT' : 'CCIPRJ'}_${uuidInBase58(id)}_${legacyValue(random)}`;
}

export function legacyValue(random: Random): string {
  return Buffer.from(random.bytes(20)).toString('hex');
}

/** 21 or 22 characters, as in values and in the slugs of GitHub App organizations. */
export function uuidInBase58(uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  let digits = '';
  for (let number = BigInt(`0x${hex}`); number > 0n; number /= 58n) {
    digits = base58Alphabet.charAt(Number(number % 58n)) + digits;
  }
  const zeroBytes = /^(?:00)*/.exec(hex)?.[0].length ?? 0;
  return '1'.repeat(zeroBytes / 2) + digits;
}
