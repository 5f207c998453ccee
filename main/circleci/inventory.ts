import type { Caller, IdentityResponse, OrganizationResponse, ProjectResponse } from './circleci.ts';
import { type Ask, actOf, type Exchange } from './exchange.ts';
import { isAbsent, isSuccess, lacksRoute, refusal, unreadable } from './failures.ts';
import { parseIdentity, parseOrganizations, parseProjects } from './inventory-responses.ts';
import { jsonOf } from './json.ts';
import { collaborationsPath, followedProjectsPath, mePath } from './paths.ts';

/** The documented reads: who one is, and what one sees. */
export interface Inventory {
  identify(caller: Caller): Promise<IdentityResponse>;
  organizations(caller: Caller): Promise<readonly OrganizationResponse[]>;
  followedProjects(caller: Caller): Promise<readonly ProjectResponse[]>;
}

export function createInventory(exchange: Exchange): Inventory {
  async function list<Row>(ask: Ask, parse: (answer: unknown) => readonly Row[] | undefined): Promise<readonly Row[]> {
    const answer = await exchange.repeat(ask);
    if (isAbsent(answer.status)) throw lacksRoute(actOf(ask), 'unsupported', `it has no such route (${answer.status})`);
    if (!isSuccess(answer.status)) throw refusal(answer, actOf(ask));
    const rows = parse(jsonOf(answer.body));
    if (rows === undefined) throw unreadable(actOf(ask), 'is not a list in JSON');
    return rows;
  }

  return {
    async identify(caller) {
      const ask: Ask = { name: 'me', doing: 'say whose token this is', asker: caller, method: 'GET', path: mePath };
      const answer = await exchange.repeat(ask);
      const who = isSuccess(answer.status) ? parseIdentity(jsonOf(answer.body)) : undefined;
      if (who !== undefined) return who;
      // Every CircleCI has this route since 2019: a 404 is as telling as a page of HTML.
      if (isSuccess(answer.status) || isAbsent(answer.status)) {
        throw lacksRoute(actOf(ask), 'unsupported', 'this host does not answer like a CircleCI', checkHost);
      }
      throw refusal(answer, actOf(ask));
    },

    organizations: (caller) =>
      list(
        {
          name: 'collaborations',
          doing: 'list the organizations',
          asker: caller,
          method: 'GET',
          path: collaborationsPath,
        },
        parseOrganizations,
      ),

    followedProjects: (caller) =>
      list(
        {
          name: 'projects',
          doing: 'list the followed projects',
          asker: caller,
          method: 'GET',
          path: followedProjectsPath,
        },
        parseProjects,
      ),
  };
}

const checkHost = 'Check the address of the host: a server has its own, and the cloud is https://circleci.com.';
