import { numberBytes, readBytes } from './byte-reader.ts';

/** How expensive a guess at the password is. */
export interface DerivationCost {
  readonly operations: number;
  readonly memoryBytes: number;
}

/** What a password slot says about its Argon2id. */
export interface PasswordParameters {
  readonly cost: DerivationCost;
  readonly salt: Uint8Array;
}

const mebibyte = 1024 * 1024;

/** New vaults never cost less: the second choice of RFC 9106, which also a machine with little memory can do. */
export const floorCost: DerivationCost = { operations: 3, memoryBytes: 64 * mebibyte };

/**
 * What is opened at all. Above: a forged header could stop the machine for minutes. Below: it could make the derivation
 * worthless without our noticing that these are not our own numbers.
 */
const openable = {
  operations: { min: 1, max: 10 },
  memoryBytes: { min: 8 * mebibyte, max: 1024 * mebibyte },
};

export const saltBytes = 16;
const argon2id13 = 1;

export function encodePasswordParameters({ cost, salt }: PasswordParameters): Uint8Array {
  const memoryKib = cost.memoryBytes / 1024;
  return Buffer.concat([numberBytes(argon2id13, 1), numberBytes(cost.operations, 4), numberBytes(memoryKib, 4), salt]);
}

/** Undefined: malformed, or outside of what is opened. */
export function parsePasswordParameters(encoded: Uint8Array): PasswordParameters | undefined {
  if (encoded.length !== 9 + saltBytes) return undefined;
  const reader = readBytes(encoded);
  if (reader.number(1) !== argon2id13) return undefined;
  const cost = { operations: reader.number(4), memoryBytes: reader.number(4) * 1024 };
  return isOpenable(cost) ? { cost, salt: reader.bytes(saltBytes) } : undefined;
}

export function isOpenable({ operations, memoryBytes }: DerivationCost): boolean {
  return (
    operations >= openable.operations.min &&
    operations <= openable.operations.max &&
    memoryBytes >= openable.memoryBytes.min &&
    memoryBytes <= openable.memoryBytes.max
  );
}

export function isBelow(cost: DerivationCost, floor: DerivationCost): boolean {
  return cost.operations < floor.operations || cost.memoryBytes < floor.memoryBytes;
}
