import type { JobFilter, JobPreviewItem } from '../../../shared/contract/job.ts';
import type { RotationMode } from '../../../shared/contract/rotation.ts';
import type { JobWish } from '../../state/jobs.ts';

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
  return text.trim() === '' || startOf(text) !== undefined;
}

/** When that day begins for the person, as every date is shown. A day that no month has is none, and no later one. */
function startOf(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  const isThatDay =
    date.getFullYear() === Number(year) && date.getMonth() === Number(month) - 1 && date.getDate() === Number(day);
  return isThatDay ? date : undefined;
}

/** Undefined while the date is not one: what was found before stays. */
export function filterOf(concern: Omit<Concern, 'title' | 'mode'>): JobFilter | undefined {
  const { before, owner, tag, account, project, heldHere } = concern;
  if (!isDay(before)) return undefined;
  const createdBefore = startOf(before);
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
