import type { Route } from '../../shared/contract/account.ts';
import type { Caller, CreateOutcome, TokenRequest } from './circleci.ts';
import { createOutcome } from './create-outcome.ts';
import { type Ask, actOf, type Leaving } from './exchange.ts';
import { isAbsent, isRefused, isSuccess, lacksRoute, unreadable } from './failures.ts';
import type { HttpAnswer, HttpFailure } from './http.ts';
import { jsonOf } from './json.ts';
import { explained, isGone, type Listed, learn, learnCreate, type TokensWorld, toldAfter } from './learning.ts';
import { type PersonalVersion, personalTokensPath } from './paths.ts';
import { parseTokens } from './token-response.ts';
import { personalTokenBody } from './wire-names.ts';

type PersonalAsk = Ask & { readonly asker: Caller };

export interface PersonalTokens {
  list(caller: Caller): Promise<Listed>;
  create(caller: Caller, request: TokenRequest, leaving?: Leaving): Promise<CreateOutcome>;
  delete(caller: Caller, remoteId: string): Promise<'deleted' | 'already-gone'>;
}

/**
 * The user's own tokens. Nobody has documented these routes: they are what CircleCI's page used, seen under v1 and (by
 * analogy) v1.1. So the version that answered is remembered, and each route's fate is learned: works, refused, absent.
 */
export function createPersonalTokens({ exchange, memory, identify }: TokensWorld): PersonalTokens {
  /** Asks under one version, and under the other if the first does not have the route. */
  async function underEither<Outcome extends HttpAnswer | HttpFailure>(
    caller: Caller,
    send: (version: PersonalVersion) => Promise<Outcome>,
  ): Promise<{ readonly outcome: Outcome; readonly version: PersonalVersion }> {
    const remembered = memory.personalVersion(caller.host.origin) ?? 'v1';
    const outcome = await send(remembered);
    if (outcome.kind === 'failure' || !isAbsent(outcome.status)) return { outcome, version: remembered };
    const other = remembered === 'v1' ? 'v1.1' : 'v1';
    const second = await send(other);
    // A 404 after a lost try may be its success.
    return { outcome: outcome.earlierLost ? { ...second, earlierLost: true } : second, version: other };
  }

  function works(caller: Caller, route: Route, personalVersion: PersonalVersion): void {
    learn(memory, caller.host.origin, { route, capability: 'works', personalVersion });
  }

  /** A definite no: what it teaches about the host, and the error that says so. */
  async function refused(answer: HttpAnswer, ask: PersonalAsk, route: Route): Promise<Error> {
    const { origin } = ask.asker.host;
    // First, as it throws when the token is dead; then nothing was learned of the host.
    const error = await explained(answer, ask, identify);
    if (isAbsent(answer.status)) {
      learn(memory, origin, { route, capability: 'absent' });
      return lacksRoute(actOf(ask), 'unsupported', `it has no such route (${answer.status})`);
    }
    if (isRefused(answer.status)) learn(memory, origin, { route, capability: 'refused' });
    return error;
  }

  async function list(caller: Caller): Promise<Listed> {
    const askOf = (version: PersonalVersion): PersonalAsk => ({
      name: 'personal.list',
      doing: 'list the personal tokens',
      asker: caller,
      method: 'GET',
      path: personalTokensPath(version),
    });
    const { outcome: answer, version } = await underEither(caller, (version) => exchange.repeat(askOf(version)));
    if (!isSuccess(answer.status)) throw await refused(answer, askOf(version), 'personal.list');
    const listed = parseTokens(jsonOf(answer.body), 'personal');
    if (listed === undefined) throw unreadable(actOf(askOf(version)), 'is not a list in JSON');
    works(caller, 'personal.list', version);
    return listed;
  }

  return {
    list,

    async create(caller, request, leaving) {
      const askOf = (version: PersonalVersion): PersonalAsk => ({
        name: 'personal.create',
        doing: 'create the token',
        asker: caller,
        method: 'POST',
        path: personalTokensPath(version),
        body: personalTokenBody(request),
      });
      // A 404 is certain: it made nothing. So asking under the other version is not a second create.
      const { outcome, version } = await underEither(caller, (version) => exchange.once(askOf(version), leaving));
      const created = createOutcome(outcome, actOf(askOf(version)), 'personal');
      const place = { kind: 'personal' } as const;
      if (created.outcome === 'refused') {
        const error = await refused(created.answer, askOf(version), 'personal.create');
        if (isRefused(created.answer.status)) learnCreate(memory, caller, place, 'refused');
        throw error;
      }
      if (created.outcome === 'created') {
        works(caller, 'personal.create', version);
        learnCreate(memory, caller, place, 'works');
      }
      return created;
    },

    async delete(caller, remoteId) {
      const askOf = (version: PersonalVersion): PersonalAsk => ({
        name: 'personal.delete',
        doing: 'delete the token',
        asker: caller,
        method: 'DELETE',
        path: personalTokensPath(version, remoteId),
      });
      const { outcome: answer, version } = await underEither(caller, (version) => exchange.repeat(askOf(version)));
      if (isSuccess(answer.status)) {
        works(caller, 'personal.delete', version);
        return 'deleted';
      }
      return toldAfter<'already-gone'>(answer, actOf(askOf(version)), async () => {
        if (answer.status === 404 && isGone(await list(caller), remoteId, actOf(askOf(version)))) return 'already-gone';
        throw await refused(answer, askOf(version), 'personal.delete');
      });
    },
  };
}
