import {
  cutOverStepNames,
  type RotationMode,
  type Step,
  type StepName,
  stepNames,
} from '../../shared/contract/rotation.ts';
import { formatDuration } from '../../shared/durations.ts';
import { AppError } from '../app-error.ts';
import type { Place } from '../circleci/circleci.ts';
import type { RotatedToken } from './ports.ts';
import type { RotationContent, RotationRecord } from './rotation-record.ts';

/** What a rotation will do, decided before anything is sent. Pure. */
export interface Wish {
  readonly label?: string;
  readonly keep: boolean;
  readonly mode: RotationMode;
  /** By hand, on CircleCI's pages. */
  readonly guided: boolean;
  /** A number: so many milliseconds after the new one was proved. */
  readonly retire: 'now' | 'taken' | number;
}

const day = 86_400_000;
/** CircleCI takes a year at most; where the old token's birth is unknown, what CircleCI gives its own sign-in tokens. */
const longestLifetimeMs = 365 * day;
const usualLifetimeMs = 90 * day;

/** @throws AppError not-found: it is gone already */
export function planRotation(old: RotatedToken, place: Place, wish: Wish, at: string): RotationContent {
  if (old.revokedAt !== undefined || old.goneAt !== undefined) {
    throw new AppError('not-found', `The token ${old.id} does not exist on CircleCI any more.`, {
      effect: 'nothing-changed',
      hint: 'Create a new token instead.',
    });
  }
  return {
    token: old.id,
    account: old.account,
    place: place.kind === 'personal' ? { kind: 'personal' } : { kind: 'project', slug: place.slug },
    ...(old.remoteId === undefined ? {} : { oldRemoteId: old.remoteId }),
    request: {
      label: wish.label ?? old.label,
      ...(old.wireScope === undefined ? {} : { wireScope: old.wireScope }),
      ...(old.access === undefined ? {} : { access: old.access }),
      ...(old.expiresAt === undefined ? {} : { lifetimeMs: lifetimeMs(old.createdAt, old.expiresAt) }),
    },
    keep: wish.keep,
    mode: wish.mode,
    ...retirement(wish),
    guided: wish.guided,
    state: 'planned',
    steps: (wish.mode === 'cut-over' ? cutOverStepNames : stepNames).map((name): Step => ({ name, state: 'pending' })),
    startedAt: at,
    proofs: [],
  };
}

/** In cut-over there is nothing to wait for: the old one goes first. */
function retirement({ mode, retire }: Wish): Pick<RotationContent, 'retire' | 'retireAfterMs'> {
  if (mode === 'cut-over') return { retire: 'now' };
  return typeof retire === 'number' ? { retire: formatDuration(retire), retireAfterMs: retire } : { retire };
}

function lifetimeMs(createdAt: string | undefined, expiresAt: string): number {
  if (createdAt === undefined) return usualLifetimeMs;
  return Math.max(day, Math.min(longestLifetimeMs, Date.parse(expiresAt) - Date.parse(createdAt)));
}

/** The first step that is neither done nor skipped. */
export function nextStep(record: RotationContent): StepName | undefined {
  return record.steps.find(({ state }) => state !== 'done' && state !== 'skipped')?.name;
}

export function withStep(record: RotationRecord, changed: Step): RotationRecord {
  return { ...record, steps: record.steps.map((step) => (step.name === changed.name ? changed : step)) };
}
