// How rotations stand right now, for whoever looks: what the journal says, and what has become of it since nobody writes it.
import { leftToPerson } from '../../shared/contract/error-codes.ts';
import type { Guide, Rotation, RotationState } from '../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../shared/open-rotations.ts';
import { expectedAct } from './by-hand.ts';
import { guideOf } from './guide.ts';
import { mayRun } from './may-run.ts';
import { shutOut } from './own-sign-in.ts';
import { nextStep } from './plan.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { allRotations } from './rotation-store.ts';
import { rotationView } from './rotation-view.ts';
import { withWaitOver } from './waiting.ts';

/** Open ones first, then the finished, each from the oldest to the newest. */
export function listRotations(world: RotationWorld, state?: RotationState): Rotation[] {
  return allRotations(world.session())
    .map((record) => view(world, record))
    .filter((rotation) => state === undefined || rotation.state === state);
}

/** A row that says `running` while nobody runs it was left behind by a crash. */
export function view(world: RotationWorld, record: RotationRecord): Rotation {
  return viewOfRun(world, record.state === 'running' && !mayRun(world, record) ? interrupted(record) : record);
}

/**
 * While it waited for a person to delete the old token, somebody made that one Rondo's own again, by adding the account
 * with it: deleted now, Rondo would be shut out. Resumed, it switches first.
 */
function unlessShutOut(world: RotationWorld, record: RotationRecord): RotationRecord {
  if (record.state !== 'waiting' || expectedAct(world, record) !== 'delete') return record;
  const failure = shutOut(world, record);
  return failure === undefined ? record : { ...record, state: 'needs-attention', error: failure };
}

/** For whoever runs it and need not ask. */
export function viewOfRun(world: RotationWorld, stands: RotationRecord): Rotation {
  const record = withWaitOver(world, unlessShutOut(world, stands));
  const token = (id: string) => world.tokens.get(world.session(), id);
  return rotationView(record, {
    tailOf: (id) => token(id)?.tail,
    expiresAtOf: (id) => token(id)?.expiresAt,
    isTaken: isTaken(world, record),
    guide: guideNow(world, record),
  });
}

/** Given up, it leaves a value that is still held to be taken as before; and a later rotation of the new token may hold it. */
function isTaken(world: RotationWorld, { replacement, state }: RotationRecord): boolean {
  const fresh = replacement === undefined ? undefined : world.tokens.get(world.session(), replacement);
  if (fresh?.takenAt === undefined) return false;
  return fresh.held === 'none' || (fresh.held === 'sealed' && isOpenRotation({ state }));
}

/** Where it waits for a person, or CircleCI refused what a person can do. */
function guideNow(world: RotationWorld, record: RotationRecord): Guide | undefined {
  if (record.state !== 'waiting' && !isLeftToPerson(record)) return undefined;
  const act = expectedAct(world, record);
  const old = world.tokens.get(world.session(), record.token);
  if (act === undefined || old === undefined) return undefined;
  const { origin, isCloud } = world.accounts.get(record.account);
  const fresh = record.replacement === undefined ? undefined : world.tokens.get(world.session(), record.replacement);
  return guideOf(record, act, { origin, isCloud, old, ...(fresh === undefined ? {} : { fresh }) });
}

/** Whether the old one is gone a person can see on its page, also where CircleCI's answers do not tell. */
function isLeftToPerson(record: RotationRecord): boolean {
  const { state, error, retiredAt, restoredAt } = record;
  if (state !== 'needs-attention' || error === undefined || restoredAt !== undefined) return false;
  if (leftToPerson.has(error.code)) return true;
  const isUnproved = error.code === 'needs-attention' || error.code === 'not-found';
  return isUnproved && retiredAt !== undefined && nextStep(record) === 'prove-old-gone';
}

/** The step that ran keeps its state: it may be half done, and resuming finds out. */
function interrupted(record: RotationRecord): RotationRecord {
  const isDisputed = record.restoredAt === undefined && record.attempt?.disputed !== undefined;
  return { ...record, state: 'needs-attention', error: isDisputed ? stoppedInDoubt : stopped };
}

const stopped = {
  code: 'stopped',
  message: 'Rondo was stopped in the middle of it. Nothing is lost: what was done is written down.',
  hint: 'Resume it: Rondo looks first at what CircleCI has.',
} as const;

/** Resumed, it leaves them alone and creates again: whoever does that must have been told of them. */
const stoppedInDoubt = {
  code: 'stopped',
  message:
    'The answer to creating was lost, and it is not certain which new token came of it: all are left as they are. Then Rondo was stopped.',
  hint: 'Look at the list on CircleCI and delete what nobody uses. Then resume this rotation.',
} as const;
