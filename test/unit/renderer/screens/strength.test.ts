import { expect, test } from 'vitest';
import { guessTime, strengthOf } from '../../../../renderer/screens/door/strength.ts';

test('nothing, the usual suspects and short ones are named for what they are', () => {
  expect(strengthOf('').kind).toBe('empty');
  for (const password of ['password', 'Passw0rd1!', 'qwerty12', 'aaaaaaaaaaaa', '12345678', 'abcdefgh', 'CircleCI']) {
    expect(strengthOf(password).kind, password).toBe('common');
  }
  expect(strengthOf('x7#Kq').kind).toBe('short');
});

test('a run of neighbours is not worth its length', () => {
  expect(strengthOf('mnopqrstuvwxyz').ticks).toBeLessThan(strengthOf('mtqwzkbvhxjdpf').ticks);
});

test('words count as words, so four of them are needed', () => {
  expect(strengthOf('correct horse ba').kind).toBe('weak');
  expect(strengthOf('correct horse battery staple').kind).toBe('fair');
});

test('it never calls a password strong and always says that it is an estimate', () => {
  const { words } = strengthOf('correct horse battery staple');
  expect(words).toMatch(/estimate/i);
  expect(words).not.toMatch(/strong|safe|secure/i);
});

test('times are said in the unit that people think in', () => {
  expect(guessTime(1)).toBe('no time at all');
  expect(guessTime(20)).toBe('about 1 hour');
  expect(guessTime(33)).toBe('about 1 year');
  expect(guessTime(50)).toBe('thousands of years');
  expect(guessTime(128)).toBe('longer than the age of the universe');
});
