import type { Job, JobFilter, JobHead, JobPreviewItem } from '../../shared/contract/job.ts';
import type { Failure, Result } from '../../shared/contract/result.ts';
import type { RotationMode } from '../../shared/contract/rotation.ts';
import { maxCopiedText } from '../../shared/copied-text.ts';
import type { Id } from '../../shared/ids.ts';
import { jobText } from '../text/job.ts';
import { fromDialog } from './dialog-acts.ts';
import { noteOf } from './notes.ts';
import { tellCounts } from './tell-counts.ts';
import type { Tools } from './tools.ts';

export interface JobWish {
  readonly ids: readonly Id[];
  readonly filter?: JobFilter;
  readonly mode: RotationMode;
  readonly title?: string;
  readonly retire: 'now' | 'taken';
  readonly keep: boolean;
}

export type JobAct = 'pause' | 'resume' | 'stop' | 'retry';

export interface JobsSlice {
  /** The newest first. */
  readonly jobHeads: readonly JobHead[];
  /** Why the list is not whole. */
  readonly jobsFailure: Failure | undefined;
  /** The one that was looked at last. */
  readonly openJob: Job | undefined;
  /** Why the one that is wanted is not there. */
  readonly jobFailure: { readonly job: Id; readonly failure: Failure } | undefined;
  jobsAsked(): Promise<void>;
  jobAsked(job: Id): Promise<void>;
  /**
   * The person has seen what stops and said yes: cut-over's word is theirs. Goes to the job once it is begun, unless what
   * asked was closed by then: the store's dialog, or a screen's own, of which `isStillAsked` tells.
   */
  jobConfirmed(wish: JobWish, isStillAsked?: () => boolean): Promise<Failure | undefined>;
  jobPressed(act: JobAct, job: Id): Promise<void>;
  incidentAsked(filter: JobFilter, mode: RotationMode): Promise<Result<{ items: readonly JobPreviewItem[] }>>;
  /** Puts the report on the clipboard; it holds nobody's secret. */
  reportCopied(job: Id): Promise<Failure | undefined>;
}

export function createJobsSlice(tools: Tools): JobsSlice {
  const { api, get, set } = tools;
  /** An answer about another one is too late: somebody looks at this one now. */
  let wanted: Id | undefined;
  return {
    jobHeads: [],
    jobsFailure: undefined,
    openJob: undefined,
    jobFailure: undefined,

    async jobsAsked() {
      const answer = await api.call('job.list', {});
      if (get().vault.is !== 'open') return;
      set(answer.ok ? { jobHeads: answer.value.jobs, jobsFailure: undefined } : { jobsFailure: answer.error });
    },

    async jobAsked(job) {
      wanted = job;
      const answer = await api.call('job.show', { id: job });
      if (wanted !== job || get().vault.is !== 'open') return;
      if (answer.ok) set({ openJob: answer.value.job, jobFailure: undefined });
      else if (get().openJob?.id === job) get().noteShown(noteOf(answer.error));
      else set({ jobFailure: { job, failure: answer.error } });
    },

    async jobConfirmed({ ids, ...wish }, isStillAsked = () => true) {
      const dialog = fromDialog(tools, isStillAsked);
      const confirm = wish.mode === 'cut-over' ? { confirm: 'ROTATE' } : {};
      const answer = await api.call('job.start', { ids: [...ids], ...wish, ...confirm });
      if (!answer.ok) return dialog.failed(answer.error);
      const { job } = answer.value;
      const begun = new Set(ids);
      set({ chosen: new Set([...get().chosen].filter((id) => !begun.has(id))) });
      if (!dialog.isStillOpen()) {
        dialog.done({ tone: 'plain', title: jobText.begunMeanwhile(job.title), text: jobText.begunMeanwhileAbout });
        return undefined;
      }
      wanted = job.id;
      set({ openJob: job });
      get().went({ at: 'job', job: job.id });
      return undefined;
    },

    async jobPressed(act, job) {
      const answer = await api.call(`job.${act}`, { id: job });
      if (!answer.ok) return get().noteShown(noteOf(answer.error));
      if (get().vault.is === 'open') takeOverJob(tools, answer.value.job);
    },

    incidentAsked: (filter, mode) => api.call('job.preview', { ids: [], filter, mode }),

    async reportCopied(job) {
      const answer = await api.call('job.report', { id: job });
      if (!answer.ok) return answer.error;
      if (answer.value.markdown.length > maxCopiedText) return tooLong();
      const copied = await api.call('text.copy', { text: answer.value.markdown });
      return copied.ok ? undefined : copied.error;
    },
  };
}

function tooLong(): Failure {
  return {
    code: 'invalid-input',
    message: 'The report is too long for the clipboard. Nothing was copied.',
    hint: 'The command line can write it to a file.',
  };
}

/** Applies a whole job: to the list, and to the one that is looked at. */
export function takeOverJob(tools: Tools, job: Job): void {
  const { get, set } = tools;
  const { items: _items, ...head } = job;
  const others = get().jobHeads.filter(({ id }) => id !== job.id);
  const jobHeads = [...others, head].toSorted((left, right) => (left.startedAt < right.startedAt ? 1 : -1));
  set({ jobHeads, ...(get().openJob?.id === job.id ? { openJob: job } : {}) });
  tellCounts(tools);
}
