import { type Answer, json, message, Refusal } from './answer.ts';
import { labelOf, parseObject, scopeOf } from './call.ts';
import { mint } from './mint.ts';
import type { Params } from './router.ts';
import type { Holder } from './token-table.ts';
import { viewDatedToken } from './token-view.ts';
import type { World } from './world.ts';

/**
 * What a person does on CircleCI's own pages, which work whatever routes the host lacks: how tests and guided steps get
 * there. The sandbox has no pages but the one of consent.
 */

/** `{"label","scope"}` makes a personal token of the first person or, with `"project"`, one of that project. */
export function createByHand(world: World, body: string): Answer {
  const fields = parseObject(body);
  const token = mint(world, { label: labelOf(fields), holder: holderOf(world, fields) });
  return json(201, viewDatedToken(token));
}

export function deleteByHand({ tokens, clock }: World, { id = '' }: Params): Answer {
  const token = tokens.all().find((one) => one.id === id);
  if (token === undefined) return message(404, 'Token not found');
  tokens.delete(token.holder, id, clock.now());
  return json(200, {});
}

/** `{"token","organization"}`: Authorize in the column of single sign-on. */
export function authorizeByHand({ tokens, sso }: World, body: string): Answer {
  const { token, organization } = parseObject(body);
  const known = tokens.all().some(({ id }) => id === token);
  if (!known || typeof token !== 'string' || typeof organization !== 'string' || !sso.authorize(organization, token)) {
    throw new Refusal(404, 'No such token, or no organization with single sign-on');
  }
  return json(200, {});
}

function holderOf({ users, projects }: World, { project, scope }: Readonly<Record<string, unknown>>): Holder {
  if (project === undefined) {
    const [user = ''] = users.keys();
    return { kind: 'personal', user, scope: scopeOf(scope ?? 'admin', ['read', 'write', 'admin']) };
  }
  if (typeof project !== 'string' || !projects.has(project)) throw new Refusal(404, 'Project not found');
  return { kind: 'project', project, scope: scopeOf(scope, ['status', 'view-builds', 'all']) };
}
