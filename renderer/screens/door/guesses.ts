/**
 * How many guesses, as bits, a thief needs who knows how people make passwords: a word, a capital in front, digits or a
 * year behind, a `!` at the end, `0` for `o`, rows of keys, runs and repeats. Without a dictionary: what can be spoken
 * counts as a word of one, so a word costs what one of a few thousand does however long it is. It errs downwards.
 */
export function bitsOf(whole: string): number {
  const password = whole.slice(0, enough);
  if (password === '') return 0;
  const repeated = /^(.+?)\1+$/u.exec(password);
  const [all, unit = ''] = repeated ?? [];
  if (all !== undefined && unit.length < all.length) return bitsOf(unit) + Math.log2(all.length / unit.length);
  const perCharacter = Math.log2(alphabetOf(password));
  const parts = partsOf(password);
  const bits = parts.map((part, index) => (isAgain(parts, index) ? 0 : bitsOfPart(part, perCharacter)));
  return Math.min(
    bits.reduce((sum, some) => sum + some, 0),
    bitsOfCommon(password, perCharacter),
  );
}

/** Nobody guesses what is longer, and a key press should not wait until 10 000 characters are looked through. */
const enough = 200;

/** What separates words does so every time. */
function isAgain(parts: readonly Part[], index: number): boolean {
  const text = parts[index]?.text ?? '';
  return separators.test(text) && parts.findIndex((part) => part.text === text) < index;
}

/** One of the commonest however it is written, and what stands behind it. */
function bitsOfCommon(password: string, perCharacter: number): number {
  const [, written = '', behind = ''] = /^(.*?)([\d\s!?.,_-]*)$/su.exec(password) ?? [];
  const bare = spoken(written)
    .toLowerCase()
    .replaceAll(/[\s.,_-]/g, '');
  if (!common.has(bare)) return Number.POSITIVE_INFINITY;
  const habits = written === bare ? 0 : 2;
  return commonBits + habits + partsOf(behind).reduce((sum, part) => sum + bitsOfPart(part, perCharacter), 0);
}

/** A list of the commonest has about so many; a list of all words that people choose, as Diceware's, so many. */
const commonBits = 7;
const wordBits = 12.9;
/** Short words are fewer: a few hundred of three letters. */
const shortWordBitsPerLetter = 2.8;
/** A letter of running text: long runs of words that nothing separates. */
const bitsPerSpokenLetter = 1.8;
/** One of the few rows of keys or of the alphabet, where it begins, how far it goes, and which way. */
const rowBits = 6;
/** One of the last hundred years, give or take. */
const yearBits = 7;

/** Words that most lists of stolen passwords have near their top, in the languages that we know a little. */
const common = new Set(
  `password passwort passwd pass motdepasse contrasena welcome willkommen letmein login admin administrator root user
  guest test default changeme secret geheim master hello hallo bonjour hola iloveyou love monkey dragon shadow sunshine
  princess football baseball soccer hockey superman batman trustno starwars pokemon whatever freedom ninja mustang
  michael jordan charlie daniel thomas jessica ashley michelle andrea summer sommer winter spring autumn herbst monday
  freitag january december august october london berlin paris company firma internet computer samsung google github
  docker jenkins circle circleci rondo token vault cheese flower tiger orange banana cookie ginger pepper killer hunter
  buster harley ranger matrix access flash abc correcthorsebatterystaple`.split(/\s+/),
);

const rows = [
  ...['qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm', 'abcdefghijklmnopqrstuvwxyz'],
  ...['1234567890', '0123456789', '!@#$%^&*()', '!"§$%&/()=', '1qaz2wsx3edc4rfv5tgb6yhn', 'qazwsxedcrfvtgbyhn'],
  ...['1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6', 'aabbccddeeff', '112233445566778899'],
].flatMap((row) => [row, [...row].reverse().join('')]);

/** `P@ssw0rd` and `Tr0ub4dor` are spelled as words; `k7x` comes out as one that nobody can speak, and counts as itself. */
const spellings: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
};

const spoken = (text: string) => [...text].map((letter) => spellings[letter] ?? letter).join('');

const separators = /^[\s.,!?_-]$/;

type Part = { readonly kind: 'row' | 'letters' | 'digits' | 'same' | 'other'; readonly text: string };

/** Rows of keys are found first, then words with their spellings, digits, and what is left. */
function partsOf(password: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = password;
  while (rest !== '') {
    const part = rowAt(rest) ?? runAt(rest);
    parts.push(part);
    rest = rest.slice(part.text.length);
  }
  return parts;
}

/** Three keys in a row are part of many words. */
const shortestRow = 4;

function rowAt(text: string): Part | undefined {
  const lower = text.toLowerCase();
  let length = 0;
  for (const row of rows) {
    let fits = shortestRow;
    while (fits <= lower.length && row.includes(lower.slice(0, fits))) fits += 1;
    if (fits > shortestRow) length = Math.max(length, fits - 1);
  }
  return length === 0 ? undefined : { kind: 'row', text: text.slice(0, length) };
}

const runs = [
  { kind: 'same', pattern: /^(.)\1{2,}/u },
  // A capital begins the next word.
  { kind: 'letters', pattern: /^\p{Lu}?[@$]?\p{Ll}+(?:[013457@$]{1,3}\p{Ll}+)*/u },
  { kind: 'letters', pattern: /^\p{Lu}+(?:[013457@$]{1,3}\p{Lu}+)*(?!\p{Ll})/u },
  { kind: 'digits', pattern: /^\p{Nd}+/u },
] as const;

function runAt(text: string): Part {
  for (const { kind, pattern } of runs) {
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return { kind, text: found };
  }
  return { kind: 'other', text: String.fromCodePoint(text.codePointAt(0) ?? 0) };
}

function bitsOfPart({ kind, text }: Part, perCharacter: number): number {
  const { length } = [...text];
  const random = length * perCharacter;
  if (kind === 'row') return Math.min(random, rowBits);
  if (kind === 'same') return perCharacter + Math.log2(length);
  if (kind === 'digits') return Math.min(random, bitsOfDigits(text));
  if (kind === 'letters') return Math.min(random, bitsOfLetters(text, random));
  // Between words and at the end of them, it is one of very few.
  return separators.test(text) ? Math.min(random, 3) : random;
}

function bitsOfDigits(text: string): number {
  if (/^(19|20)\d\d$/.test(text)) return yearBits;
  // A day of one of those years, written in one of a few ways.
  if (/^(\d{4}|\d{6}|\d{8})$/.test(text) && isDate(text)) return yearBits + 8.5;
  return text.length * Math.log2(10);
}

function isDate(text: string): boolean {
  if (text.length === 4) return false;
  const pairs = text.match(/\d\d/g) ?? [];
  const [first = '', second = ''] = text.length === 8 && /^(19|20)/.test(text) ? pairs.slice(2) : pairs;
  const fits = (day: string, month: string) => Number(day) >= 1 && Number(day) <= 31 && Number(month) <= 12;
  return fits(first, second) || fits(second, first);
}

function bitsOfLetters(text: string, random: number): number {
  const plain = spoken(text);
  const lower = plain.toLowerCase();
  // The first letter or all of them are large, and some are spelled with digits: one bit for each of these habits.
  const habits = (plain === lower ? 0 : 1) + (plain === text ? 0 : 1);
  if (common.has(lower)) return commonBits + habits;
  if (lower.length < 2 || !isSpeakable(lower)) return random;
  const longest = Math.max(wordBits, bitsPerSpokenLetter * lower.length);
  return Math.min(shortWordBitsPerLetter * lower.length, longest) + habits;
}

/** Pairs that words of the languages with these letters hardly have, and five consonants in a row. */
const unspoken = /[bcdfghjklmnpqrstvwxz]{5}|q[^u]|j[^aeiouyäöüéèêáíóúàâ]|[bcdfghjklmnpqrstvwz]x|[bcdfgjkmpqtvxz][jqvx]/;

/** What has letters of another script is taken for a word: we cannot tell. */
function isSpeakable(letters: string): boolean {
  const isOurs = /^\p{Script=Latin}+$/u.test(letters);
  return !isOurs || (/[aeiouyäöüéèêáíóúàâ]/.test(letters) && !unspoken.test(letters));
}

/** From how many characters each of these was chosen, if by chance. */
function alphabetOf(password: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\p{Nd}/u, 10],
    [/[^\p{L}\p{Nd}]/u, 20],
    [/[\p{Lo}\p{Lt}\p{Lm}]/u, 60],
  ];
  return kinds.reduce((sum, [pattern, characters]) => sum + (pattern.test(password) ? characters : 0), 0);
}
