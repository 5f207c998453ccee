import fc from 'fast-check';
import { type Act, type HostKind, type How, labels, places } from './acts.ts';

const prefixes = [
  'POST /api',
  'POST /api',
  'DELETE /api',
  'GET /api/v2/me',
  'GET /api/v1/user/token',
  'GET /api/v1.1/project/',
  'GET /api',
  'GET /gh',
];
const target = fc
  .tuple(fc.constantFrom(...prefixes), fc.integer({ min: 0, max: 4 }))
  .map(([prefix, nth]) => (nth === 0 ? prefix : `${prefix}#${nth}`));
const statuses = [400, 401, 403, 404, 409, 422, 429, 500, 502, 503];
const effect = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...statuses).map((status) => `error=${status}@`) },
  { weight: 3, arbitrary: fc.constant('drop-after=') },
  { weight: 2, arbitrary: fc.constant('drop-before=') },
  { weight: 2, arbitrary: fc.constant('hang=') },
  { weight: 2, arbitrary: fc.constantFrom('html=502@', 'broken-after=', 'null-after=') },
);
const fault = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(effect, target).map(([what, where]) => what + where) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((perSecond) => `rate-limit=${perSecond}/s`) },
  { weight: 1, arbitrary: fc.constantFrom('retry-after=date', 'retry-after=none') },
);
const faults = fc.oneof(
  { weight: 5, arbitrary: fc.constant<string[]>([]) },
  { weight: 6, arbitrary: fc.array(fault, { minLength: 1, maxLength: 3 }) },
);
const end = fc.record({ what: fc.constantFrom('crash', 'lock'), at: fc.nat({ max: 45 }) });
const how: fc.Arbitrary<How> = fc
  .tuple(faults, rarely(7, end), rarely(12, fc.nat({ max: 12 })), rarely(9, fc.nat({ max: 8 })))
  .map(([some, ending, meanwhile, signIn]) => ({
    faults: some,
    ...(ending === undefined ? {} : { end: ending }),
    ...(meanwhile === undefined ? {} : { meanwhile }),
    ...(signIn === undefined ? {} : { signIn }),
  }));

/** One time in `often`. */
function rarely<T>(often: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: often - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const pick = fc.nat({ max: 40 });
const place = fc.nat({ max: places.length - 1 });
const label = fc.nat({ max: labels.length - 1 });
const keep = fc.boolean();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const forwardMs = fc.constantFrom(1_000, 5_000, minute, 90_000, 9 * minute, hour, 3 * day, 40 * day);
const backMs = fc.constantFrom(5_000, minute, 9 * minute, hour, 3 * day);
const mode = fc.constantFrom('overlap', 'cut-over');
const retire = fc.oneof(
  { weight: 3, arbitrary: fc.constant('now' as const) },
  { weight: 3, arbitrary: fc.constant('taken' as const) },
  { weight: 3, arbitrary: fc.constantFrom(minute, 5 * minute, hour, 2 * day) },
);
const thinksAgain = fc.constantFrom(
  ['resume'] as const,
  ['resume', 'stop'] as const,
  ['retry', 'resume', 'pause'] as const,
);
const rest = fc
  .tuple(fc.constantFrom('pause', 'stop'), fc.nat({ max: 40 }), rarely(2, thinksAgain))
  .map(([what, at, then]) => ({ what, at, ...(then === undefined ? {} : { then }) }));
/** Enough to run beside each other and to be left when it rests; a sequence has several jobs. */
const picks = fc.oneof(
  { weight: 4, arbitrary: fc.array(pick, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant<number[]>([]) },
);
const weather = fc.oneof(
  fc.constant<string[]>([]),
  fc.constant<string[]>([]),
  fc.array(fault, { minLength: 1, maxLength: 1 }),
);

const maybeRest = rarely(3, rest).map((some) => (some === undefined ? {} : { rest: some }));
const job = fc.record({
  kind: fc.constant('job' as const),
  picks,
  mode,
  retire: fc.constantFrom('now', 'taken'),
  keep,
  how,
});
const goOn = fc.record({ kind: fc.constant('go-on' as const), pick, again: fc.boolean(), how });

const account = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('account'), does: fc.constant('removes'), pick }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('account'), does: fc.constant('adds'), pick, how }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('account'),
      does: fc.constant('signs-in'),
      pick,
      token: fc.constantFrom('fresh', 'known'),
      how,
    }),
  },
);

export const someHost: fc.Arbitrary<HostKind> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('cloud') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('server', 'an expiry is demanded', 'deletes by value', 'server without personal routes'),
  },
);

/** Heavier what can often not be done, so that each is done in one of twenty steps at least. */
export const someActWith = (accounts: number): fc.Arbitrary<Act> =>
  fc.oneof(
    { weight: 10, arbitrary: fc.record({ kind: fc.constant('create'), place, label, keep, how }) },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('rotate'), pick, retire, keep, how }) },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('cut-over'), pick, keep, how }) },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('guided'), pick, mode, retire, keep, how }) },
    {
      weight: 39,
      arbitrary: fc.record({
        kind: fc.constant('tell'),
        pick,
        way: fc.constantFrom('truly', 'truly', 'truly', 'unsaid', 'wrongly'),
        how,
      }),
    },
    { weight: 14, arbitrary: fc.record({ kind: fc.constant('take'), pick }) },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('delete'), pick, how }) },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('sync'), how }) },
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('resume'), how }) },
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('decide'), pick, abandon: fc.boolean(), how }) },
    { weight: 9, arbitrary: fc.tuple(job, maybeRest).map(([act, some]) => ({ ...act, ...some })) },
    { weight: 27, arbitrary: fc.tuple(goOn, maybeRest).map(([act, some]) => ({ ...act, ...some })) },
    // Where all are signed in from the start there is seldom one to add.
    { weight: accounts > 1 ? 17 : 11, arbitrary: account },
    {
      weight: 9,
      arbitrary: fc.oneof(
        { weight: 4, arbitrary: fc.record({ kind: fc.constant('clock'), forwardMs }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock'), backMs }) },
      ),
    },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('lock') }) },
    {
      weight: 9,
      arbitrary: fc.record({
        kind: fc.constant('restart'),
        from: fc.constantFrom('vault', 'vault', 'vault', 'vault', 'backup'),
        pick,
      }),
    },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('weather'), faults: weather }) },
    {
      weight: 9,
      arbitrary: fc.oneof(
        fc.record({ kind: fc.constant('colleague'), does: fc.constant('creates'), place, label }),
        fc.record({ kind: fc.constant('colleague'), does: fc.constant('deletes'), pick }),
      ),
    },
  );
