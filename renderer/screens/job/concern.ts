import type { JobFilter, JobPreviewItem } from '../../../shared/contract/job.ts';
import type { RotationMode } from '../../../shared/contract/rotation.ts';
import type { JobWish } from '../../state/jobs.ts';
import { dayOf } from '../../text/dates.ts';

/** What an incident concerns, as it is filled in; an empty text means any. */
export interface Concern {
  readonly title: string;
  readonly before: string;
  readonly owner: string;
  readonly tag: string;
  readonly account: string;
  readonly project: string;
  readonly heldHere: boolean;
  readonly mode: RotationMode;
}

export const unconcerned: Concern = {
  title: '',
  before: '',
  owner: '',
  tag: '',
  account: '',
  project: '',
  heldHere: false,
  mode: 'cut-over',
};

/** A day as it is written, or nothing yet. */
export function isDay(text: string): boolean {
  return text.trim() === '' || dayOf(text) !== undefined;
}

/** Undefined while the date is not one: what was found before stays. */
export function filterOf(concern: Omit<Concern, 'title' | 'mode'>): JobFilter | undefined {
  const { before, owner, tag, account, project, heldHere } = concern;
  if (!isDay(before)) return undefined;
  const createdBefore = dayOf(before);
  return {
    ...(createdBefore === undefined ? {} : { createdBefore: createdBefore.toISOString() }),
    ...(owner === '' ? {} : { owner }),
    ...(tag === '' ? {} : { tag }),
    ...(account === '' ? {} : { account }),
    ...(project === '' ? {} : { project }),
    ...(heldHere ? { heldHere } : {}),
  };
}

/** Those that were shown, by their ids: a token that the choice fits only since then was never agreed to. */
export function wishOf(concern: Pick<Concern, 'title' | 'mode'>, shown: readonly JobPreviewItem[]): JobWish {
  const title = concern.title.trim();
  return {
    ids: shown.map(({ token }) => token.id),
    mode: concern.mode,
    retire: 'now',
    keep: false,
    ...(title === '' ? {} : { title }),
  };
}
