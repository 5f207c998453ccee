import { AppError } from '../app-error.ts';
import { type Answer, json, Refusal } from './answer.ts';
import { parseObject } from './call.ts';
import type { FaultList } from './fault-list.ts';
import type { RequestLog } from './request-log.ts';
import type { Route } from './router.ts';
import { viewDatedToken, viewDeletedToken } from './token-view.ts';
import type { World } from './world.ts';

/** What the sandbox knows of itself besides the world it imitates. */
export interface Backstage {
  readonly world: World;
  readonly faults: FaultList;
  readonly log: RequestLog;
}

/** Not CircleCI's: for whoever runs the sandbox. Never faulty, never logged, open to anybody on this machine. */
export const ownRoutes: readonly Route<(backstage: Backstage, body: string) => Answer>[] = [
  { method: 'GET', template: '/__sandbox/state', handle: state },
  { method: 'POST', template: '/__sandbox/faults', handle: changeFaults },
];

function state({ world, faults, log }: Backstage): Answer {
  return json(200, {
    tokens: world.tokens.all().map(viewDatedToken),
    deleted: world.tokens.deleted().map(viewDeletedToken),
    requests: log.count(),
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
