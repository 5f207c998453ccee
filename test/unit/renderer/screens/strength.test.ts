import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitsOf } from '../../../../renderer/screens/door/guesses.ts';
import { guessTime, strengthOf } from '../../../../renderer/screens/door/strength.ts';

describe('what is said of a password', () => {
  const table = {
    empty: [''],
    common: [
      ...['password', 'Passw0rd1!', 'P@ssw0rd', 'qwerty12', 'aaaaaaaaaaaa', '12345678', 'abcdefgh', 'CircleCI', 'hi'],
      ...['letmein2023', 'Welcome1', 'iLoveYou2', 'trustno1', 'Monday01', 'Summer2024', '1q2w3e4r', 'zaq12wsx', '0000'],
      ...['abcabcabc', '24121990', '1234567890123456', 'mnopqrstuvwxyz', 'correct horse battery staple'],
    ],
    short: ['x7#Kq', 'k9Lw2'],
    weak: [
      ...['Summer2024!', 'Winter2023!!', 'Sommer24!', 'Michael1985!', 'P@$$w0rd2024!', 'Liverpool2019', 'Пароль2024'],
      ...['Feuerwehr112!', 'CompanyName2025!', 'MyDogRex2019!', 'Tr0ub4dor&3', 'cobalt spindle', 'abc123abc123'],
    ],
    fair: [
      ...['cobalt spindle thirsty ledger', 'Cobalt-Spindle-Thirsty-9', 'mtqwzkbvhxjdpf', 'xK7q#Lm2vT9w', 'Jx7!kQ2$mZ'],
      ...['v8Kq-3xTz-pW4n', '9f86d081884c7d65', 'gmqzrtkwbx'],
    ],
  } as const;
  test.each(Object.entries(table).flatMap(([kind, passwords]) => passwords.map((password) => ({ kind, password }))))(
    '$password is $kind',
    ({ kind, password }) => expect(strengthOf(password).kind).toBe(kind),
  );

  test('is never that it is strong, and always that it is an estimate', () => {
    const { words } = strengthOf('cobalt spindle thirsty ledger');
    expect(words).toMatch(/estimate/i);
    expect(words).not.toMatch(/strong|safe|secure/i);
  });
});

test('a word, a year and a mark are weak, whatever the word, the year and the mark', () => {
  const words = ['Autumn', 'Feuerwehr', 'liverpool', 'KESTREL', 'B@nana', 'Montagne'];
  const marks = fc.constantFrom('!', '!!', '?', '.', '_', ' ');
  fc.assert(
    fc.property(fc.constantFrom(...words), fc.integer({ min: 1900, max: 2099 }), marks, (word, year, mark) => {
      expect(strengthOf(`${word}${year}${mark}`).kind).not.toBe('fair');
      expect(strengthOf(`${year}${mark}${word}`).kind).not.toBe('fair');
    }),
  );
});

test('saying it several times adds next to nothing', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.integer({ min: 2, max: 5 }), (password, times) => {
      expect(bitsOf(password.repeat(times))).toBeLessThanOrEqual(bitsOf(password) + Math.log2(times) + 1e-9);
    }),
  );
});

test('no password is worth more than one chosen by chance from the same kinds of characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (password) => {
      const bits = bitsOf(password);
      expect(bits).toBeGreaterThanOrEqual(0);
      expect(bits).toBeLessThanOrEqual([...password].length * Math.log2(142));
    }),
  );
});

test('times are said in the unit that people think in', () => {
  expect(guessTime(1)).toBe('no time at all');
  expect(guessTime(20)).toBe('about 1 hour');
  expect(guessTime(33)).toBe('about 1 year');
  expect(guessTime(50)).toBe('thousands of years');
  expect(guessTime(128)).toBe('longer than the age of the universe');
});
