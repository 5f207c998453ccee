import type { ErrorCode } from '../../../shared/contract/error-codes.ts';
import { AppError } from '../../app-error.ts';
import { isoInstant } from '../../platform/clock.ts';
import type { Act } from '../../vault/witness.ts';
import { isUnwritten } from '../in-turn.ts';
import type { RotatedToken } from '../ports.ts';
import { runRotation } from '../rotate.ts';
import type { RotationRecord } from '../rotation-record.ts';
import { beginRotation, planFor } from '../rotations.ts';
import { stopped } from '../steps/step.ts';
import { isStranded } from '../uncreatable.ts';
import type { JobsWorld } from './ports.ts';
import type { Item, Work } from './work-list.ts';
import { jobOf, writeJob } from './write-job.ts';

/** CircleCI said 429 to a create, which is sent once: the pause is waited out by whoever asks next. */
const mostTriesWhenLimited = 5;

/** While a host is left alone for long, so often it is looked whether the job is still wanted. */
const lookMs = 1_000;

/** How far a token came. */
export interface Worked {
  /** What went wrong, if anything did. */
  readonly code?: ErrorCode;
  readonly record?: RotationRecord;
}

/** `stranded`: its old token is deleted, and the new one has to wait. @throws AppError stopped */
export async function workOn(world: JobsWorld, id: string, item: Item, stranded: () => void): Promise<Worked> {
  const { token, mode, open } = item.work;
  let record = open;
  for (let tries = 1; ; tries += 1) {
    await untilAsked(world, item.ground.origin);
    // Somebody may have wanted the job to rest meanwhile: what is begun anew then would be open, and nobody's.
    if (world.stopping(record)) throw stopped();
    try {
      record = await goOn(world, id, { token, mode, ...(record === undefined ? {} : { open: record }) });
    } catch (error) {
      if (isUnwritten(error) || !(error instanceof AppError) || error.code === 'stopped') throw error;
      refuse(world, id, token, error);
      return { code: error.code };
    }
    const code = record.error?.code;
    if (code !== 'rate-limited' || tries >= mostTriesWhenLimited) {
      return { record, ...(code === undefined ? {} : { code }) };
    }
    if (isStranded(record)) stranded();
    if (record.state === 'failed') record = undefined;
  }
}

/**
 * A host that wants no requests for long is left alone, and what is not begun stays so: whoever stops the job need not
 * wait for the host. Shorter pauses are waited out by each request. @throws AppError stopped
 */
async function untilAsked(world: JobsWorld, origin: string): Promise<void> {
  const now = () => world.clock.now();
  for (;;) {
    const pause = world.circleci.pauses().find((one) => one.origin === origin);
    if (pause === undefined || !pause.isLong) return;
    if (world.stopping()) throw stopped();
    await world.clock.sleep(Math.max(0, Math.min(lookMs, pause.untilMs - now())));
  }
}

/** @throws AppError for a token that cannot be rotated at all */
async function goOn(world: JobsWorld, id: string, { token, mode, open }: Work): Promise<RotationRecord> {
  if (open !== undefined) return runRotation(world, open);
  const { retire, keep } = jobOf(world, id);
  const planned = planFor(world, present(world, token), { mode, keep, retire, guided: false });
  return beginRotation(world, { ...planned, job: id });
}

export function present(world: JobsWorld, token: string): RotatedToken {
  const rotated = world.tokens.get(world.session(), token);
  if (rotated === undefined) throw new Error('a token of a job is not in the vault');
  return rotated;
}

/** It may have moved on since it was chosen: what is written down about it is what is true at its turn. */
function refuse(world: JobsWorld, id: string, token: string, error: AppError): void {
  writeJob(world, 'refused', () => {
    const job = jobOf(world, id);
    const others = job.refused.filter((refusal) => refusal.token !== token);
    const refused = [...others, { token, at: isoInstant(world.clock.now()), error: error.toPartFailure() }];
    const act: Act = { action: 'rotation.failed', subject: token, outcome: 'failed', detail: error.code };
    return { record: { ...job, refused }, act };
  });
}
