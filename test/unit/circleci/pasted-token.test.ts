import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { cleanToken } from '../../../main/circleci/pasted-token.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array) => new TextDecoder().decode(value);
const value = 'CCIPAT_9hTq7BcX2mN4_0a1b2c3d';

describe('A pasted token', () => {
  test.each([
    value,
    `${value}\n`,
    `  ${value}\r\n`,
    `\n\n\t${value} \n`,
    `"${value}"`,
    `'${value}'\n`,
    `Circle-Token: ${value}`,
    `circle-token:${value}`,
    `"Circle-Token: ${value}"\n`,
    `'CIRCLE-TOKEN:  "${value}" '`,
    `\u{feff}${value}\r\n`,
  ])('%j is cleaned to the value alone', (pasted) => {
    expect(text(cleanToken(bytes(pasted)))).toBe(value);
  });

  test('is found whatever is wrapped around it, in any order', () => {
    const wraps: ((inner: string) => string)[] = [
      (inner) => `"${inner}"`,
      (inner) => `'${inner}'`,
      (inner) => ` \r\n\t${inner}\n `,
      (inner) => `Circle-Token: ${inner}`,
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...wraps), { maxLength: 6 }), (layers) => {
        expect(text(cleanToken(bytes(layers.reduce((inner, wrap) => wrap(inner), value))))).toBe(value);
      }),
    );
  });

  test.each(['', '  \n', '""', 'Circle-Token: ', 'two words', 'two\nlines', 'umläut', `${value}\u0000`])(
    '%j is refused, without repeating it',
    (pasted) => {
      let refusal: unknown;
      try {
        cleanToken(bytes(pasted));
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(AppError);
      expect(refusal).toMatchObject({ code: 'invalid-input' });
      expect(String(refusal)).not.toContain('words ');
    },
  );

  test('is overwritten where it was pasted', () => {
    const pasted = bytes(` ${value} `);
    cleanToken(pasted);
    expect(pasted.every((byte) => byte === 0)).toBe(true);
  });
});
