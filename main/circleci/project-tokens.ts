import type { Route } from '../../shared/contract/account.ts';
import { AppError } from '../app-error.ts';
import type { Caller, CreateOutcome, TokenRequest } from './circleci.ts';
import { createOutcome } from './create-outcome.ts';
import { type Ask, actOf, type Leaving } from './exchange.ts';
import { isAbsent, isRefused, isSuccess, lacksRoute, unreadable } from './failures.ts';
import type { HttpAnswer } from './http.ts';
import { jsonOf } from './json.ts';
import { explained, isGone, type Listed, learn, learnCreate, type TokensWorld, toldAfter } from './learning.ts';
import { projectTokensPath } from './paths.ts';
import { parseTokens } from './token-response.ts';

type ProjectAsk = Ask & { readonly asker: Caller };

export interface ProjectTokens {
  list(caller: Caller, slug: string): Promise<Listed>;
  create(caller: Caller, slug: string, request: TokenRequest, leaving?: Leaving): Promise<CreateOutcome>;
  delete(caller: Caller, slug: string, remoteId: string): Promise<'deleted' | 'already-gone'>;
}

/**
 * One project's tokens, under v1.1. A 404 or 403 is about this project (a wrong slug, no role), not about the host, so it
 * teaches `absent` never, and `refused` only of a route that was not seen to work for another project.
 */
export function createProjectTokens({ exchange, memory, identify }: TokensWorld): ProjectTokens {
  function works(caller: Caller, route: Route): void {
    learn(memory, caller.host.origin, { route, capability: 'works' });
  }

  async function refused(answer: HttpAnswer, ask: ProjectAsk, route: Route): Promise<Error> {
    const { origin } = ask.asker.host;
    const error = await explained(answer, ask, identify);
    if (isAbsent(answer.status) && answer.status !== 404) learn(memory, origin, { route, capability: 'absent' });
    else if (isRefused(answer.status) && memory.capability(origin, route) !== 'works') {
      learn(memory, origin, { route, capability: 'refused' });
    }
    return error;
  }

  async function list(caller: Caller, slug: string): Promise<Listed> {
    const ask: ProjectAsk = {
      name: 'project.list',
      doing: `list the tokens of ${slug}`,
      asker: caller,
      method: 'GET',
      path: projectTokensPath(slug),
    };
    const answer = await exchange.repeat(ask);
    if (!isSuccess(answer.status)) throw await refused(answer, ask, 'project.list');
    const listed = parseTokens(jsonOf(answer.body), 'project');
    if (listed === undefined) throw unreadable(actOf(ask), 'is not a list in JSON');
    works(caller, 'project.list');
    return listed;
  }

  return {
    list,

    async create(caller, slug, { label, wireScope }, leaving) {
      if (wireScope === undefined) {
        throw new AppError('invalid-input', 'A project token needs a scope. Nothing was sent.');
      }
      const ask: ProjectAsk = {
        name: 'project.create',
        doing: `create a token of ${slug}`,
        asker: caller,
        method: 'POST',
        path: projectTokensPath(slug),
        body: { label, scope: wireScope },
      };
      const created = createOutcome(await exchange.once(ask, leaving), actOf(ask), 'project');
      const place = { kind: 'project', slug } as const;
      if (created.outcome === 'refused') {
        const error = await refused(created.answer, ask, 'project.create');
        // CircleCI says 404 also to hide what one may not do.
        if (isRefused(created.answer.status) || created.answer.status === 404)
          learnCreate(memory, caller, place, 'refused');
        throw error;
      }
      if (created.outcome === 'created') {
        works(caller, 'project.create');
        learnCreate(memory, caller, place, 'works');
      }
      return created;
    },

    async delete(caller, slug, remoteId) {
      const ask: ProjectAsk = {
        name: 'project.delete',
        doing: `delete a token of ${slug}`,
        asker: caller,
        method: 'DELETE',
        path: projectTokensPath(slug, remoteId),
      };
      const answer = await exchange.repeat(ask);
      if (isSuccess(answer.status)) {
        works(caller, 'project.delete');
        return 'deleted';
      }
      return toldAfter<'already-gone'>(answer, actOf(ask), async () => {
        if (answer.status !== 404) throw await refused(answer, ask, 'project.delete');
        // A list that does not answer (no role, no project, a dead token) says why itself.
        if (isGone(await list(caller, slug), remoteId, actOf(ask))) return 'already-gone';
        learn(memory, caller.host.origin, { route: 'project.delete', capability: 'absent' });
        throw lacksRoute(actOf(ask), 'unsupported', 'it still lists the token, so it does not delete by id (404)');
      });
    },
  };
}
