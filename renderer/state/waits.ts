import type { Account, Route } from '../../shared/contract/account.ts';
import type { ByHandAct, Rotation } from '../../shared/contract/rotation.ts';
import type { Token, TokenKind } from '../../shared/contract/token.ts';
import { isWaitOver } from '../../shared/wait-over.ts';

/**
 * What an open rotation waits for: an act of the person's, that the new value is taken, or the old one's time. `over`: that
 * has come, and it goes on by itself; `overdue`: it could not, and its error says why. Pure.
 */
export type Wait = ByHandAct | 'taking' | 'time' | 'over' | 'overdue';

export function waitOf(rotation: Rotation): Wait | undefined {
  const { state, guide, retireDueAt, error } = rotation;
  if (guide !== undefined) return guide.act;
  if (state !== 'waiting') return undefined;
  if (isWaitOver(rotation)) return error === undefined ? 'over' : 'overdue';
  return retireDueAt === undefined ? 'taking' : 'time';
}

/** What becomes of the old token once the new value is taken; undefined: nothing waits for that. */
export function afterTaking(rotation: Rotation): 'deleted' | 'by-hand' | undefined {
  if (waitOf(rotation) !== 'taking') return undefined;
  return rotation.byHand?.includes('retire-old') === true ? 'by-hand' : 'deleted';
}

export function waitsForPerson(rotation: Rotation): boolean {
  if (rotation.state === 'needs-attention') return true;
  return rotation.state === 'waiting' && !passesByItself(rotation);
}

/** Nobody has to do anything for it. */
export function passesByItself(rotation: Rotation): boolean {
  const wait = waitOf(rotation);
  return wait === 'time' || wait === 'over';
}

/** It stopped, and nobody has to decide anything before it goes on. */
export function mayGoOn({ state, decision }: Rotation): boolean {
  return state === 'needs-attention' && decision === undefined;
}

export type Verb = 'list' | 'create' | 'delete';

const routesOf: Readonly<Record<TokenKind, readonly (readonly [Verb, Route])[]>> = {
  personal: [
    ['list', 'personal.list'],
    ['create', 'personal.create'],
    ['delete', 'personal.delete'],
  ],
  project: [
    ['list', 'project.list'],
    ['create', 'project.create'],
    ['delete', 'project.delete'],
  ],
};

export interface Lacking {
  readonly absent: readonly Verb[];
  /** CircleCI refused this account to create one there when it was last asked. */
  readonly isRefused: boolean;
  /**
   * Rondo would not come to an end by itself, so the person does both acts. Where only the route to delete is absent, that
   * one act is handed over when it comes.
   */
  readonly isByHand: boolean;
}

/** What Rondo was found not to be able to do to this token. That another account was refused says nothing of this one. */
export function lackingOf(
  { capabilities, refusedCreates = [] }: Pick<Account, 'capabilities' | 'refusedCreates'>,
  { kind, project }: Pick<Token, 'kind' | 'project'>,
): Lacking {
  const absent = routesOf[kind].flatMap(([verb, route]) => (capabilities[route] === 'absent' ? [verb] : []));
  const isRefused = refusedCreates.includes(project ?? kind);
  return { absent, isRefused, isByHand: isRefused || absent.some((verb) => verb !== 'delete') };
}
