import fc from 'fast-check';

/** What disturbs an act while it runs. */
export interface How {
  /** Of the sandbox, in its own words; counted from the act's beginning. */
  readonly faults: readonly string[];
  /** At the point of this number that the core reports, it ends as if killed, or the vault is locked. */
  readonly end?: { readonly what: 'crash' | 'lock'; readonly at: number };
  /** When the request of this number arrives, a colleague makes a token of the same name first. */
  readonly meanwhile?: number;
}

/** One step of a sequence, as it is written to a file of a regression. `pick` chooses among what there is, round robin. */
export type Act =
  | {
      readonly kind: 'create';
      readonly place: number;
      readonly label: number;
      readonly keep: boolean;
      readonly how: How;
    }
  | {
      readonly kind: 'rotate' | 'rotate-taken' | 'cut-over';
      readonly pick: number;
      readonly keep: boolean;
      readonly how: How;
    }
  | { readonly kind: 'take'; readonly pick: number }
  | { readonly kind: 'delete'; readonly pick: number; readonly how: How }
  | { readonly kind: 'sync'; readonly how: How }
  | { readonly kind: 'resume'; readonly how: How }
  | { readonly kind: 'decide'; readonly pick: number; readonly abandon: boolean; readonly how: How }
  | { readonly kind: 'clock'; readonly forwardMs: number }
  | { readonly kind: 'lock' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'weather'; readonly faults: readonly string[] }
  | { readonly kind: 'colleague-creates'; readonly place: number; readonly label: number }
  | { readonly kind: 'colleague-deletes'; readonly pick: number };

export const kinds = [
  'create',
  'rotate',
  'rotate-taken',
  'cut-over',
  'take',
  'delete',
  'sync',
  'resume',
  'decide',
  'clock',
  'lock',
  'restart',
  'weather',
  'colleague-creates',
  'colleague-deletes',
] as const satisfies readonly Act['kind'][];

/** Also those of the seed: a colleague and Rondo make tokens of the same name. */
export const labels = ['danger', 'deploy-bot', 'new'];
export const places = ['personal', 'gh/tidewater/web', 'gh/tidewater/api'];

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
  .tuple(faults, rarely(7, end), rarely(12, fc.nat({ max: 12 })))
  .map(([some, ending, meanwhile]) => ({
    faults: some,
    ...(ending === undefined ? {} : { end: ending }),
    ...(meanwhile === undefined ? {} : { meanwhile }),
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
const forwardMs = fc.constantFrom(1_000, 5_000, minute, 90_000, 9 * minute, 3_600_000, 40 * 86_400_000);

function rotating(kind: 'rotate' | 'rotate-taken' | 'cut-over'): fc.Arbitrary<Act> {
  return fc.record({ kind: fc.constant(kind), pick, keep, how });
}

/** Heavier what can often not be done, so that each is done in one of twenty steps at least. */
export const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('create'), place, label, keep, how }) },
  { weight: 10, arbitrary: rotating('rotate') },
  { weight: 9, arbitrary: rotating('rotate-taken') },
  { weight: 9, arbitrary: rotating('cut-over') },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('take'), pick }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('delete'), pick, how }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('sync'), how }) },
  { weight: 26, arbitrary: fc.record({ kind: fc.constant('resume'), how }) },
  { weight: 24, arbitrary: fc.record({ kind: fc.constant('decide'), pick, abandon: fc.boolean(), how }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('clock'), forwardMs }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('lock') }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('restart') }) },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('weather'),
      faults: fc.oneof(
        fc.constant<string[]>([]),
        fc.constant<string[]>([]),
        fc.array(fault, { minLength: 1, maxLength: 1 }),
      ),
    }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('colleague-creates'), place, label }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('colleague-deletes'), pick }) },
);
