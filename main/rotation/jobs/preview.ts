import type { JobPreviewItem } from '../../../shared/contract/job.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { printable } from '../../../shared/labels.ts';
import { AppError } from '../../app-error.ts';
import { isSeenTwice, seenTwice } from '../open-for.ts';
import { planFor } from '../rotations.ts';
import { type Choice, type Chosen, chooseForJob } from './choose.ts';
import { dangersOf } from './danger.ts';
import type { JobsWorld } from './ports.ts';

/** What a job over this choice would do, in its order. Asks nobody. @throws AppError invalid-input, not-found, ambiguous */
export function previewJob(world: JobsWorld, choice: Choice): JobPreviewItem[] {
  const all = chooseForJob(world, choice);
  return all.map((chosen, index) => {
    const refusal = refusalOf(world, chosen, all.slice(0, index));
    return {
      token: chosen.token,
      mode: chosen.mode,
      dangers: dangersOf(chosen),
      stops: consequences(world, chosen),
      ...(chosen.untoldAge ? { untoldAge: true as const } : {}),
      ...(refusal === undefined ? {} : { refusal }),
    };
  });
}

/** `before`: what the job works on first; of a token that two accounts see, the second row is not begun. */
function refusalOf(world: JobsWorld, { rotated, mode }: Chosen, before: readonly Chosen[]): JobPreviewItem['refusal'] {
  try {
    const twin = before.find((other) => isSeenTwice(world, other.rotated, rotated));
    if (twin !== undefined) throw seenTwice(world, twin.rotated, rotated);
    planFor(world, rotated, { mode, keep: false, retire: 'now', guided: false });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.toPartFailure();
  }
}

/** What stops working, as far as it is known: where a value is used, CircleCI does not tell. */
export function consequences(world: JobsWorld, { rotated, token, mode, signsIn }: Chosen): string {
  if (signsIn !== false) {
    const { name } = world.accounts.get(rotated.account);
    const own = signsIn ? 'signs in' : 'may sign in';
    return `Rondo ${own} to ${printable(name)} with it: the new one is made first, and Rondo goes over to it by itself.`;
  }
  const used =
    token.lastUsedAt === undefined
      ? 'When it was last used is not known.'
      : `Last used on ${token.lastUsedAt.slice(0, 10)}.`;
  return `${powerWords(token)} ${modeWords[mode]} ${used}`;
}

const modeWords = {
  'cut-over': 'Whoever uses it is refused from its deletion on, until it has the new value.',
  overlap: 'Whoever uses it is refused once the old one is deleted, unless it has the new value by then.',
} as const;

function powerWords({ kind, project = '', scope, access }: Token): string {
  const where = printable(project);
  if (kind === 'personal') return access === 'read' ? 'It reads as its user.' : 'It acts as its user.';
  if (scope === 'status') return `It reads the build statuses of ${where}, for badges.`;
  if (scope === 'read-only') return `It reads ${where}.`;
  return scope === 'admin' ? `It reads and writes ${where}.` : `What it may do in ${where} is not known.`;
}
