import type { Route } from '../../shared/contract/account.ts';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import type { Remedy } from '../../shared/contract/remedies.ts';
import type { ByHandAct, StepName } from '../../shared/contract/rotation.ts';
import { AppError } from '../app-error.ts';
import { hasLostValue } from './lost-value.ts';
import { nextStep, withStep } from './plan.ts';
import type { RotatedToken, RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { isCreateRefused, type KnowsHosts } from './uncreatable.ts';
import { isByHand, waitOf } from './waiting.ts';

/** What a person did on CircleCI's own page. `value`: the new token's, cleaned; overwritten by whoever hands it over. */
export type Answer =
  | { readonly act: 'create'; readonly value: Uint8Array }
  | { readonly act: 'delete' }
  | { readonly act: 'authorize' };

/**
 * Which steps are done by hand from the start: all that a person can do where that was asked for, else what the host was
 * found to lack. Without a list nothing that Rondo does could be settled or proved, so then both are.
 */
export function byHandFromStart(
  { kind, remoteId }: Pick<RotatedToken, 'kind' | 'remoteId'>,
  { guided, absent }: { readonly guided: boolean; readonly absent: readonly Route[] },
): StepName[] {
  if (guided || absent.includes(`${kind}.list`)) return ['create', 'retire-old'];
  const steps: StepName[] = absent.includes(`${kind}.create`) ? ['create'] : [];
  // Without an id Rondo cannot be certain to delete the right one.
  if (absent.includes(`${kind}.delete`) || remoteId === undefined) steps.push('retire-old');
  return steps;
}

export function withByHand(record: RotationRecord, ...names: readonly StepName[]): RotationRecord {
  const byHand = [...new Set([...(record.byHand ?? []), ...names])];
  return byHand.length === 0 ? record : { ...record, byHand };
}

/**
 * The host has no route for what this step does, or keeps this account from it, so a person does it. CircleCI says 404 also
 * to hide what one may not do. Not while it is unclear what came of the route; and no old token goes first, by whomever,
 * where its successor is known to be refused.
 */
export function isHandedOver(world: KnowsHosts, record: RotationRecord, name: StepName, error: AppError): boolean {
  if (!keptFrom.has(error.code) || isByHand(record, name)) return false;
  if (name === 'create') return record.attempt === undefined;
  if (name !== 'retire-old') return false;
  if (error.code === 'unsupported') return true;
  const isFirst = record.mode === 'cut-over' && isCreateRefused(world, record.account, record.place);
  return !isFirst && record.deletionLost === undefined;
}

const keptFrom: ReadonlySet<ErrorCode> = new Set(['unsupported', 'forbidden', 'not-found']);

/**
 * A host may have got the route that it lacked, or have answered so once: whoever resumes without a word lets Rondo try
 * again. A token that was made by hand and not told of stays listed, and is somebody's.
 */
export function withRouteAgain(world: RotationWorld, record: RotationRecord): RotationRecord {
  const name = nextStep(record);
  // Whether the new token was authorized can be asked.
  if (name === 'prove-new') return withoutByHand(record, [name]);
  if (record.guided || (name !== 'create' && name !== 'retire-old')) return record;
  if (waitOf(world, record, name)?.act === undefined) return record;
  const { byHand = [], keysBefore, steps } = record;
  const lacksId = record.oldRemoteId === undefined;
  if (name === 'retire-old' && (lacksId || keysBefore === undefined)) return record;
  const waited = { steps, byHand, ...(keysBefore === undefined ? {} : { keysBefore }) };
  // Where the old one is deleted already there is nothing left to plan; creating reads the list itself.
  if (keysBefore !== undefined || record.retiredAt !== undefined) return withoutByHand({ ...record, waited }, [name]);
  // It had no list either, so it is looked at from the start.
  const { byHand: _before, ...rest } = withStep({ ...record, waited }, { name: 'plan', state: 'pending' });
  return lacksId ? withByHand(rest, 'retire-old') : rest;
}

/**
 * Rondo tried again what waited for a person, and nothing came of it: it waits as before, so that what was made by hand
 * meanwhile can still be told. Undefined: it did not wait, or what CircleCI said holds for a person as well.
 */
export function asItWaited({ waited, ...record }: RotationRecord, code: ErrorCode): RotationRecord | undefined {
  // Once a create is sent nobody is asked to make another before it is settled.
  if (waited === undefined || record.attempt !== undefined || keptFrom.has(code)) return undefined;
  return { ...withKeysOf(record, waited), ...waited, state: 'waiting' };
}

/** From now on a person does this, whether or not one was asked to before Rondo tried again. */
export function handedOver({ waited, ...record }: RotationRecord, name: StepName): RotationRecord {
  return withByHand(withKeysOf(record, waited ?? record), name);
}

/** A list that was read since may have what the person made. */
function withKeysOf(record: RotationRecord, { keysBefore }: Pick<RotationRecord, 'keysBefore'>): RotationRecord {
  const { keysBefore: _since, ...rest } = record;
  return keysBefore === undefined ? rest : { ...rest, keysBefore };
}

export function withoutByHand({ byHand = [], ...rest }: RotationRecord, names: readonly StepName[]): RotationRecord {
  const others = byHand.filter((name) => !names.includes(name));
  return others.length === 0 ? rest : { ...rest, byHand: others };
}

const acts: Partial<Record<StepName, ByHandAct>> = {
  create: 'create',
  'retire-old': 'delete',
  // CircleCI said so to Rondo and proves it no more: what a person sees on its page is all that can be had.
  'prove-old-gone': 'delete',
};

/**
 * What a person can tell this rotation: the act that it waits for, or the one at which it got stuck, as whoever cannot
 * get it done by Rondo does it by hand.
 */
export function expectedAct(world: RotationWorld, record: RotationRecord): ByHandAct | undefined {
  const name = nextStep(record);
  if (name === undefined) return undefined;
  // The old token may be the only one that somebody has the value of.
  if (name === 'retire-old' && hasLostValue(world, record)) return undefined;
  const wait = waitOf(world, record, name);
  if (wait !== undefined) return wait.act;
  return record.state === 'needs-attention' && record.attempt === undefined ? acts[name] : undefined;
}

const words: Record<ByHandAct, string> = {
  create: 'the value of the new token',
  delete: 'that the old token was deleted',
  authorize: 'that the new token was authorized',
};

/** @throws AppError invalid-input: the rotation waits for something else */
export function refuseOther(world: RotationWorld, record: RotationRecord, act: ByHandAct): void {
  const expected = expectedAct(world, record);
  if (expected === act) return;
  const instead = expected === undefined ? 'for nothing that is done by hand' : `to hear ${words[expected]}`;
  throw new AppError('invalid-input', `This rotation waits ${instead} now.`, {
    effect: 'nothing-changed',
    hint: 'See where it stands.',
    details: { rotation: record.id, remedy: 'rotation.show' satisfies Remedy },
  });
}
