// Which rows a manifest speaks of, when the vault holds others: some of the candidates, taken together, must change the
// set hash by exactly the difference. As the set hash is an XOR of keyed hashes, that is a system of linear equations over
// bits, and elimination solves it.
//
// Guarantees: an answer is proved by the manifest. Elements are random 256-bit numbers for whoever has no key, and at most
// `maxCandidates` of them are looked at, so that a chance solution has a probability of 2^-64.

const setHashBytes = 32;
const maxCandidates = 192;

/** XOR of two elements, one character a byte. */
export function addElements(left: string, right: string): string {
  let sum = '';
  for (let at = 0; at < setHashBytes; at++) sum += String.fromCharCode(left.charCodeAt(at) ^ right.charCodeAt(at));
  return sum;
}

export const emptyElement = '\0'.repeat(setHashBytes);

/** The indices of those changes whose sum is `sum`. Undefined: no choice among them is, or they are too many to tell. */
export function changesThatSumTo(changes: readonly string[], sum: string): readonly number[] | undefined {
  if (changes.length > maxCandidates) return undefined;
  const pivots = new Map<number, Combination>();
  for (const [index, change] of changes.entries()) {
    const reduced = reduce(pivots, { value: change, members: new Set([index]) });
    const pivot = highestBit(reduced.value);
    if (pivot !== undefined) pivots.set(pivot, reduced);
  }
  const { value, members } = reduce(pivots, { value: sum, members: new Set() });
  return value === emptyElement ? [...members].sort((a, b) => a - b) : undefined;
}

interface Combination {
  readonly value: string;
  readonly members: ReadonlySet<number>;
}

function reduce(pivots: ReadonlyMap<number, Combination>, start: Combination): Combination {
  let reduced = start;
  for (;;) {
    const pivot = highestBit(reduced.value);
    const other = pivot === undefined ? undefined : pivots.get(pivot);
    if (other === undefined) return reduced;
    reduced = { value: addElements(reduced.value, other.value), members: either(reduced.members, other.members) };
  }
}

/** Those in one of them and not in both: what is added twice is gone. */
function either(left: ReadonlySet<number>, right: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...[...left].filter((one) => !right.has(one)), ...[...right].filter((one) => !left.has(one))]);
}

function highestBit(value: string): number | undefined {
  for (let at = 0; at < setHashBytes; at++) {
    const byte = value.charCodeAt(at);
    if (byte !== 0) return at * 8 + Math.clz32(byte) - 24;
  }
  return undefined;
}
