import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { parseFault } from '../../../main/sandbox/fault.ts';
import { startSandbox } from '../../../main/sandbox/start-sandbox.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const target = { method: 'POST', prefix: '/api/v1/user/token' };

test.each([
  ['latency=50', { kind: 'latency', latencyMs: 50 }],
  ['latency=0', { kind: 'latency', latencyMs: 0 }],
  ['rate-limit=3/s', { kind: 'rate-limit', perSecond: 3 }],
  ['error=503@POST /api/v1/user/token', { kind: 'act', effect: { kind: 'error', status: 503 }, ...target }],
  ['error=401@POST /api/v1/user/token#1', { kind: 'act', effect: { kind: 'error', status: 401 }, ...target, nth: 1 }],
  ['drop-after=POST /api/v1/user/token#12', { kind: 'act', effect: { kind: 'drop-after' }, ...target, nth: 12 }],
  ['drop-before=POST /api/v1/user/token', { kind: 'act', effect: { kind: 'drop-before' }, ...target }],
  ['html=502@POST /api/v1/user/token', { kind: 'act', effect: { kind: 'html', status: 502 }, ...target }],
  ['broken-after=POST /api/v1/user/token', { kind: 'act', effect: { kind: 'broken-after' }, ...target }],
  ['null-after=POST /api/v1/user/token#2', { kind: 'act', effect: { kind: 'null-after' }, ...target, nth: 2 }],
  ['hang=GET /', { kind: 'act', effect: { kind: 'hang' }, method: 'GET', prefix: '/' }],
])('%s is understood', (text, expected) => {
  expect(parseFault(text)).toEqual({ text, ...expected });
});

const malformed = [
  '',
  'latency',
  'latency=',
  'latency=-1',
  'latency=1.5',
  'latency=9999999999',
  'rate-limit=0/s',
  'rate-limit=5',
  'rate-limit=5/m',
  'error=503',
  'html=GET /',
  'broken-after=200@GET /',
  'error=200@GET /',
  'error=600@GET /',
  'error=503@GET',
  'error=503@get /api',
  'error=503@PSOT /api',
  'error=503@GET api',
  'error=503@GET /a b',
  'error=503@GET /a#0',
  'error=503@GET /a#',
  'error=503@GET /a#x',
  'error=503@GET /a?b=c',
  'drop=GET /',
  'drop-after=503@GET /',
  'hang',
  ' latency=5',
  'latency=5\n',
];

describe('a malformed fault', () => {
  test.each(malformed)('%j is invalid input with the forms as a hint', (text) => {
    expect(() => parseFault(text)).toThrow(AppError);
    expect(() => parseFault(text)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        hint: expect.stringContaining('drop-after=METHOD PATH-PREFIX'),
      }),
    );
  });

  test('starts no sandbox', async () => {
    const starting = startSandbox({ port: 0, faults: ['latency=5', 'nonsense'], clock: fakeClock() });
    await expect(starting).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

test('any text is understood or refused, and what is understood is kept as it was given', () => {
  const words = fc.constantFrom(
    'latency=',
    'error=',
    'drop-after=',
    '5',
    '503',
    '@',
    'GET',
    ' ',
    '/api',
    '#',
    '2',
    '/s',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 8 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (fault) => {
      try {
        expect(parseFault(fault).text).toBe(fault);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    }),
  );
});
