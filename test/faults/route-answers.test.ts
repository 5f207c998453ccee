import { expect, test } from 'vitest';
import type { Caller, CircleCi, Place } from '../../main/circleci/circleci.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { callerOf, plainMemory, testClient } from '../support/circleci-client.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { grouped } from '../support/grouped.ts';
import { startInBetween } from '../support/in-between.ts';
import { failingFrom, type RouteFault, routeFaults } from '../support/route-faults.ts';
import { fakeTimeLimits, type TimeLimits } from '../support/time-limits.ts';

/**
 * Every route that Rondo uses but the two that sign in (test/unit/circleci/oauth.test.ts), and what its caller is told when
 * every request to it goes wrong in one way: the error's code or the answer, and how many requests were sent in all, on
 * whatever route. The routes are those that the client reports, so a new one fails here until somebody has said what it
 * does. `route-rotations.test.ts` has what a rotation makes of it, docs/circleci-routes.md says it in words.
 */
const no = { '400, 409, 422': 'refused; 1 sent', '403': 'forbidden; 1 sent' };
/** Asked again after half a second, 1 s and 2 s; after 429 for a minute, which is twelve pauses of 5 s. */
const again = {
  '429 in seconds, 429 by date': 'rate-limited; 13 sent',
  '500, 502 in HTML': 'server-error; 4 sent',
  'closed before, closed after': 'network; 4 sent',
  // Each took its whole time limit, or would fail the same way at once: not asked again.
  'no answer, refused': 'network; 1 sent',
};
const list = { ...no, ...again, 'broken JSON after, null identity after': 'server-error; 1 sent' };
/** Documented and open to any token: a 401 is about the token, a 404 about the host. */
const documented = { ...list, '401': 'unauthorized; 1 sent', '404': 'unsupported; 1 sent' };
/** The second request is `me`, which still knows the token: so it is the route that is closed to it. */
const closed = { '401': 'forbidden; 2 sent' };
/** Never sent again, whatever comes back. Certain that nothing was made: every 4xx, and where nothing listens. */
const create = {
  ...no,
  ...closed,
  '429 in seconds, 429 by date': 'rate-limited; 1 sent',
  '500, 502 in HTML, broken JSON after, null identity after, closed before, closed after, no answer': 'unclear; 1 sent',
  refused: 'network; 1 sent',
};
/** Any 2xx counts as done, whatever its body: the list has to prove it afterwards anyway. */
const remove = { ...no, ...closed, ...again, 'broken JSON after, null identity after': 'deleted; 1 sent' };
/** A status is an answer here, to be compared with another. */
const proof = {
  '400': 'answer 400; 1 sent',
  '401': 'answer 401; 1 sent',
  '403': 'answer 403; 1 sent',
  '404': 'answer 404; 1 sent',
  '409': 'answer 409; 1 sent',
  '422': 'answer 422; 1 sent',
  ...again,
  'broken JSON after, null identity after': 'answer 200; 1 sent',
};

/** Every CircleCI answers `me` since 2019, and a host that signs anybody in by the browser says where: else it is another. */
const telling = {
  ...no,
  ...again,
  '401': 'unauthorized; 1 sent',
  '404, broken JSON after, null identity after': 'unsupported; 1 sent',
};

const outcomes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  me: telling,
  collaborations: documented,
  projects: documented,
  // A 404 sends it to the other version, v1.1, which answers.
  'personal.list': { ...list, ...closed, '404': 'answer; 2 sent' },
  // The second request is `me`: CircleCI answers a dead token 404 as well.
  'project.list': { ...list, ...closed, '404': 'not-found; 2 sent' },
  // Not a second create: a 404 made nothing for certain.
  'personal.create': { ...create, '404': 'created; 2 sent' },
  'project.create': { ...create, '404': 'not-found; 2 sent' },
  'personal.delete': { ...remove, '404': 'deleted; 2 sent' },
  // The second request is the list, which still has the token: so it is the route that is missing.
  'project.delete': { ...remove, '404': 'unsupported; 2 sent' },
  'project.read': proof,
  badge: proof,
  // Registering and the exchange, which come after it, are in test/unit/circleci/oauth.test.ts.
  'oauth.discover': telling,
};

/** Those that ask CircleCI something. */
type Method = Exclude<keyof CircleCi, 'close' | 'pauses'>;

interface Asking {
  readonly circleci: CircleCi;
  readonly caller: Caller;
  readonly slug: string;
  /** A token that exists there, by its id. */
  readonly idIn: (place: Place) => string;
}

type Ask = (asking: Asking) => Promise<unknown>;

/** Every method of the client: one that is added has no line here, and that does not compile. */
const asksByMethod: Readonly<Record<Method, readonly Ask[]>> = {
  identify: [({ circleci, caller }) => circleci.identify(caller)],
  organizations: [({ circleci, caller }) => circleci.organizations(caller)],
  followedProjects: [({ circleci, caller }) => circleci.followedProjects(caller)],
  listTokens: atBoth(({ circleci, caller }, place) => circleci.listTokens(caller, place)),
  createToken: atBoth(({ circleci, caller }, place) =>
    circleci.createToken(caller, place, { label: 'new', ...(place.kind === 'project' ? { wireScope: 'all' } : {}) }),
  ),
  deleteToken: atBoth(({ circleci, caller, idIn }, place) => circleci.deleteToken(caller, place, idIn(place))),
  readProject: [({ circleci, caller, slug }) => circleci.readProject(caller, slug)],
  readBadge: [({ circleci, caller, slug }) => circleci.readBadge(caller, slug)],
  beginSignIn: [({ circleci, caller }) => circleci.beginSignIn({ asker: { host: caller.host }, clientName: 'Rondo' })],
};

function atBoth(ask: (asking: Asking, place: Place) => Promise<unknown>): readonly Ask[] {
  return [
    (asking) => ask(asking, { kind: 'personal' }),
    (asking) => ask(asking, { kind: 'project', slug: asking.slug }),
  ];
}

interface Asked {
  /** The route's own name, as the client reports it. */
  readonly name: string;
  readonly outcome: string;
}

/** Asks once while every request to the first address goes wrong. */
async function askUnder(ask: Ask, fault: RouteFault, timeLimits: TimeLimits): Promise<Asked> {
  const clock = fakeClock();
  const sandbox = await startSandbox({ port: 0, faults: [], clock });
  await using between = await startInBetween(sandbox.url);
  const names: string[] = [];
  const observe = (point: string) => {
    const [, name] = /^request (\S+) before$/.exec(point) ?? [];
    if (name !== undefined) names.push(name);
  };
  await using client = testClient({ memory: plainMemory(), clock, observe });
  if (fault === 'refused') between.refuse();
  else between.twist = failingFrom(0, fault, { clock, timeLimits, lasting: true });
  const [slug = ''] = sandbox.projects;
  const idIn = (place: Place) => {
    const isThere = (project: string | undefined) => (place.kind === 'project' ? project === place.slug : !project);
    return sandbox.tokens().find(({ project, label }) => isThere(project) && label !== 'rondo')?.id ?? '';
  };
  const caller = callerOf({ origin: between.url }, sandbox.personalToken);
  const outcome = await ask({ circleci: client.circleci, caller, slug, idIn }).then(spoken, codeOf);
  await sandbox.close();
  return { name: names[0] ?? 'nothing was sent', outcome: `${outcome}; ${names.length} sent` };
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

function spoken(answer: unknown): string {
  if (typeof answer === 'string') return answer;
  if (typeof answer !== 'object' || answer === null) throw new Error('an answer of no kind');
  if ('outcome' in answer && typeof answer.outcome === 'string') return answer.outcome;
  return 'status' in answer ? `answer ${answer.status}` : 'answer';
}

const asks = Object.values(asksByMethod).flat();

test('every route under every fault', { timeout: 900_000 }, async () => {
  using timeLimits = fakeTimeLimits();
  const byRoute: Record<string, [string, string][]> = {};
  for (const ask of asks) {
    for (const fault of routeFaults) {
      const { name, outcome } = await askUnder(ask, fault, timeLimits);
      byRoute[name] = [...(byRoute[name] ?? []), [fault, outcome]];
    }
  }
  const found = Object.fromEntries(Object.entries(byRoute).map(([name, all]) => [name, grouped(all)]));
  expect(found).toEqual(outcomes);
});
