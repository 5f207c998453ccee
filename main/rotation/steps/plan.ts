import type { StepName } from '../../../shared/contract/rotation.ts';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import type { ReadList } from '../ports.ts';
import type { RotationRecord } from '../rotation-record.ts';
import { requireSameUser } from '../same-user.ts';
import { listIfAny, type RunStep, type StepContext } from './step.ts';

/** Nothing is created before the account answers as itself and the old token is certainly there to be replaced. */
export const runPlan: RunStep = async (context) => {
  const { world, caller, record, userId, write } = context;
  await requireSameUser(world, caller, userId);
  const isOwn = world.tokens.isSignIn(record.token);
  if (isOwn === undefined) {
    throw new AppError(
      'unsupported',
      'It is not known which personal token Rondo itself signs in with, and it may be this one.',
      {
        effect: 'nothing-changed',
        hint: 'Sync first. If it stays unknown, replace this token on its page on CircleCI.',
      },
    );
  }
  // A host without a list never told: the value did.
  if (isOwn && world.accounts.get(record.account).signInToken !== record.token) {
    world.accounts.signsInWith(record.account, record.token);
  }
  const list = await listIfAny(context);
  if (list === undefined) {
    await requirePlace(context);
    const byHand: StepName[] = ['create', 'retire-old'];
    return { detail: 'the account answers as itself; no list of tokens is to be had', change: { byHand } };
  }
  if (!list.complete) {
    throw new AppError('server-error', "CircleCI's list of tokens could not be read completely.", {
      effect: 'nothing-changed',
      hint: 'Try again later.',
    });
  }
  if (list.presence(record.token) === 'absent' || lacks(list, record)) {
    // Whoever is told so finds it gone in the inventory as well.
    write('plan without the old token', (open) => open, list.takeOver);
    throw new AppError('not-found', 'CircleCI does not list the old token any more.', {
      effect: 'nothing-changed',
      hint: 'Create a new token instead.',
    });
  }
  const change = { keysBefore: list.keys };
  return { detail: 'the account answers as itself and the old token is listed', change, also: list.takeOver };
};

/** A project that is gone, or that the account may not see, has no page for a person either. @throws AppError not-found */
async function requirePlace({ world, caller, record: { place } }: StepContext): Promise<void> {
  if (place.kind === 'personal') return;
  const { status } = await world.circleci.readProject(caller, place.slug);
  if (status !== 404) return;
  throw new AppError(
    'not-found',
    `CircleCI shows this account neither the project ${printable(place.slug)} nor its tokens (404).`,
    { effect: 'nothing-changed', hint: 'Check that the project exists, and that the account may see it.' },
  );
}

/** By its id; an incomplete list is no reason to say so of any other. */
function lacks(list: ReadList, { oldRemoteId }: RotationRecord): boolean {
  return oldRemoteId !== undefined && !list.has(oldRemoteId);
}
