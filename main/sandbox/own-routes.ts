import { AppError } from '../app-error.ts';
import { type Answer, json, Refusal } from './answer.ts';
import { authorizeByHand, createByHand, deleteByHand } from './by-hand.ts';
import { parseObject } from './call.ts';
import type { FaultList } from './fault-list.ts';
import type { RequestLog } from './request-log.ts';
import type { Params, Route } from './router.ts';
import { viewDatedToken, viewDeletedToken, viewVariables } from './token-view.ts';
import type { World } from './world.ts';

/** What the sandbox knows of itself besides the world it imitates. */
export interface Backstage {
  readonly world: World;
  readonly faults: FaultList;
  readonly log: RequestLog;
}

/** Not CircleCI's: for whoever runs the sandbox. Never faulty, never logged, open to anybody on this machine. */
export const ownRoutes: readonly Route<(backstage: Backstage, body: string, params: Params) => Answer>[] = [
  { method: 'GET', template: '/__sandbox/state', handle: state },
  { method: 'POST', template: '/__sandbox/faults', handle: changeFaults },
  { method: 'POST', template: '/__sandbox/tokens', handle: ({ world }, body) => createByHand(world, body) },
  {
    method: 'DELETE',
    template: '/__sandbox/tokens/:id',
    handle: ({ world }, _body, params) => deleteByHand(world, params),
  },
  { method: 'POST', template: '/__sandbox/authorize', handle: ({ world }, body) => authorizeByHand(world, body) },
];

function state({ world, faults, log }: Backstage): Answer {
  return json(200, {
    tokens: world.tokens.all().map(viewDatedToken),
    deleted: world.tokens.deleted().map(viewDeletedToken),
    contexts: [...world.contexts.values()].map(
      ({ variables, writers: _writers, createdMs: _createdMs, ...context }) => ({
        ...context,
        variables: viewVariables(variables),
      }),
    ),
    projectVariables: Object.fromEntries(
      [...world.projectVariables].map(([slug, variables]) => [slug, viewVariables(variables)]),
    ),
    clients: world.oauth.clients().map(({ id, name }) => ({ id, name })),
    requests: log.count(),
    limited: log.limited(),
    log: log.last(),
    faults: faults.texts(),
  });
}

function changeFaults({ faults }: Backstage, body: string): Answer {
  const { add = [], clear = false, ...unknown } = parseObject(body);
  if (!isTexts(add) || typeof clear !== 'boolean' || Object.keys(unknown).length > 0) {
    throw new Refusal(400, 'The body is {"add":["…"],"clear":true}; both parts may be left out');
  }
  try {
    faults.change({ add, clear });
  } catch (error) {
    if (error instanceof AppError) throw new Refusal(400, `${error.message} ${error.hint ?? ''}`);
    throw error;
  }
  return json(200, { faults: faults.texts() });
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
