/** The contract's limit for a password or a token. */
const maxBytes = 65_536;

/** What a chunk of keys made of the line: go on, Enter, Ctrl+D on an empty line, Ctrl+C, or no more room. */
export type SecretLineState = 'more' | 'done' | 'end' | 'interrupt' | 'full';

/** A line typed without an echo, as bytes: what a terminal does for a visible line, done by us in raw mode. */
export interface SecretLine {
  type(keys: Uint8Array): SecretLineState;
  bytes(): Uint8Array;
  wipe(): void;
}

const ctrlC = 0x03;
const ctrlD = 0x04;
const backspace = 0x08;
const tab = 0x09;
const ctrlU = 0x15;
const escapeKey = 0x1b;
const space = 0x20;
const del = 0x7f;

export function createSecretLine(): SecretLine {
  const line = new Uint8Array(maxBytes);
  let length = 0;
  let sequence: 'none' | 'begun' | 'inside' = 'none';

  const clear = () => {
    line.fill(0, 0, length);
    length = 0;
  };

  /** One character is up to four bytes of UTF-8: the later ones start with the bits 10. */
  const eraseCharacter = () => {
    while (length > 0 && ((line[length - 1] ?? 0) & 0xc0) === 0x80) length -= 1;
    if (length > 0) length -= 1;
  };

  /** Arrow and function keys send ESC [ … and a letter; none of that belongs to a password. */
  const isPartOfSequence = (key: number): boolean => {
    if (key === escapeKey) sequence = 'begun';
    else if (sequence === 'none') return false;
    else if (sequence === 'begun') sequence = key === 0x5b || key === 0x4f ? 'inside' : 'none';
    else if (key >= 0x40 && key <= 0x7e) sequence = 'none';
    return true;
  };

  const typeKey = (key: number): SecretLineState => {
    if (key === ctrlC) return 'interrupt';
    if (key === 0x0d || key === 0x0a) return 'done';
    if (isPartOfSequence(key)) return 'more';
    if (key === ctrlD && length === 0) return 'end';
    if (key === backspace || key === del) eraseCharacter();
    else if (key === ctrlU) clear();
    else if (key >= space || key === tab) {
      if (length === maxBytes) return 'full';
      line[length] = key;
      length += 1;
    }
    return 'more';
  };

  return {
    type(keys) {
      for (const key of keys) {
        const state = typeKey(key);
        if (state !== 'more') return state;
      }
      return 'more';
    },
    bytes: () => line.slice(0, length),
    wipe: () => {
      line.fill(0);
      length = 0;
    },
  };
}
