import { setImmediate } from 'node:timers/promises';
import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import type { Dispose } from '../../shared/contract/kit.ts';
import { AppError } from '../app-error.ts';
import { repeat } from '../platform/repeat.ts';
import { failureOf } from './failure.ts';
import type { RotationWorld } from './ports.ts';
import { runRotation } from './rotate.ts';
import type { RotationRecord } from './rotation-record.ts';
import { openRotations, saveRotation } from './rotation-store.ts';
import { requireSameUser } from './same-user.ts';
import { isDue } from './waiting.ts';

/** A person chose hours or weeks: a minute later is on time, and looking costs nothing. */
const lookEveryMs = 60_000;

/**
 * Goes on with rotations whose old token was to be deleted after a time or once the new value was taken, when that has come;
 * and once more, an hour later, where CircleCI said that it is deleted and nothing proved it.
 */
export interface DueRotations {
  /**
   * For a door that stays open: looks every minute from now on, until it is disposed of. A command line does not, as it
   * would delete on CircleCI while it was asked to list.
   */
  watch(): Dispose;
  /** Where it is watched, looks at once. */
  unlocked(): void;
  /** Resolves when no look is under way: whoever was asked to rotate waits for it, as both need the lock file. */
  idle(): Promise<void>;
}

export interface DueWatch {
  readonly during: (work: () => Promise<void>) => Promise<void>;
  readonly bug: (error: unknown) => void;
}

/** Whatever prevents a look changes nothing: it is looked again a minute later. */
export function createDueRotations(world: RotationWorld, { during, bug }: DueWatch): DueRotations {
  let underWay: Promise<void> | undefined;
  let isWatched = false;

  async function look(): Promise<void> {
    underWay ??= during(() => resumeDue(world))
      .catch(bug)
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  }

  return {
    watch() {
      const end = repeat(world.clock, lookEveryMs, look);
      isWatched = true;
      return () => {
        isWatched = false;
        end();
      };
    },
    unlocked() {
      if (isWatched) void look();
    },
    idle: async () => underWay,
  };
}

async function resumeDue(world: RotationWorld): Promise<void> {
  // Whoever unlocked is answered first.
  await setImmediate();
  await unlessPrevented(async () => {
    if (!openRotations(world.session()).some((record) => isToGoOn(world, record))) return;
    await world.session().exclusively(async () => {
      const unanswered = new Map<string, AppError>();
      for (const record of openRotations(world.session())) {
        if (isToGoOn(world, record)) await unlessPrevented(() => goOn(world, record, unanswered));
      }
    });
  });
}

function isToGoOn(world: RotationWorld, record: RotationRecord): boolean {
  return isDue(world, record) || isUnproved(world, record);
}

/** A list of CircleCI's that lags behind is seconds old; an hour later it does not. */
const lookAgainAfterMs = 3_600_000;

/**
 * As whoever resumes it would, so where CircleCI still lists it the deletion is sent again. Once: what was sent again, or
 * failed after that hour, is left to a person, or a host that only says yes would be asked for ever.
 */
function isUnproved({ clock }: RotationWorld, record: RotationRecord): boolean {
  const { state, retire, retiredAt, restoredAt, deletionLost, steps } = record;
  if (state !== 'needs-attention' || retire === 'now' || retiredAt === undefined) return false;
  if (restoredAt !== undefined || deletionLost !== undefined) return false;
  const failed = steps.find(({ name }) => name === 'prove-old-gone');
  const againMs = Date.parse(retiredAt) + lookAgainAfterMs;
  return failed?.state === 'failed' && Date.parse(failed.at ?? retiredAt) < againMs && againMs <= clock.now();
}

/** Nobody has asked for it just now: while CircleCI does not answer it goes on waiting, and is no failure. */
async function goOn(world: RotationWorld, record: RotationRecord, unanswered: Map<string, AppError>): Promise<void> {
  const { account } = record;
  const { userId } = world.accounts.get(account);
  try {
    // Once in a look: the others of the account would wait for the same, and hold the lock file meanwhile.
    const before = unanswered.get(account);
    if (before !== undefined) throw before;
    await world.accounts.withCaller(account, (caller) => requireSameUser(world, caller, userId));
  } catch (error) {
    if (error instanceof AppError) {
      unanswered.set(account, error);
      if (record.state === 'waiting' && lasting.has(error.code)) noteOverdue(world, record, error);
    }
    throw error;
  }
  await runRotation(world, record, { isIdentified: true });
}

/** What does not pass by itself: without a person the old token would never be deleted. */
const lasting: ReadonlySet<ErrorCode> = new Set(['unauthorized', 'forbidden', 'refused', 'not-found', 'unsupported']);

/** It goes on waiting, and says why. Once: a minute later it is the same. */
function noteOverdue(world: RotationWorld, record: RotationRecord, cause: AppError): void {
  const { code, hint, message } = failureOf(record, cause);
  const overdue = { code, message: `The old token should be deleted by now, and is not. ${message}` };
  const error = hint === undefined ? overdue : { ...overdue, hint };
  if (record.error?.code === error.code && record.error.message === error.message) return;
  saveRotation(world, { ...record, error }, 'retire-old overdue');
}

/** Locked, busy, offline, stopped: what had begun is written down. */
async function unlessPrevented(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
