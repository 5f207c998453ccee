import * as z from 'zod';
import { id, idPrefix } from '../ids.ts';
import { call, instant, nothing } from './kit.ts';
import { rotation, rotationMode } from './rotation.ts';
import { partFailure } from './sync.ts';
import { token, tokenFilter } from './token.ts';

/** Which tokens a job is for. Besides what a list filters by: what an incident asks. */
export const jobFilter = tokenFilter.extend({
  /** Whose created time CircleCI does not tell, and Rondo first saw later, may be as old: it matches. */
  createdBefore: instant.exactOptional(),
  /** Its value is in this vault, or was taken from it at any time, or Rondo signs in with it. */
  heldHere: z.literal(true).exactOptional(),
});
export type JobFilter = z.output<typeof jobFilter>;

/** Why a token comes where it comes, the most dangerous first. A power that is not known may be all of it. */
export const danger = z.enum(['leaked', 'held-here', 'full', 'admin', 'unknown-power', 'write', 'read', 'status']);
export type Danger = z.output<typeof danger>;

/**
 * `pending`: not begun. `paused`: half done, the job goes on with it. `waiting`: for a person. `failed`: nothing was
 * changed. `left`: not begun, and the job was stopped.
 */
export const jobItemState = z.enum([
  'pending',
  'running',
  'paused',
  'waiting',
  'done',
  'needs-attention',
  'failed',
  'abandoned',
  'left',
]);
export type JobItemState = z.output<typeof jobItemState>;

export const jobItem = z.strictObject({
  token: id,
  mode: rotationMode,
  dangers: z.array(danger),
  state: jobItemState,
  rotation: id.exactOptional(),
  /** When it last moved. */
  at: instant.exactOptional(),
  error: partFailure.exactOptional(),
});
export type JobItem = z.output<typeof jobItem>;

/** `interrupted`: by a lock, a quit or a crash. It can go on, as a paused or stopped one can. */
export const jobState = z.enum(['running', 'paused', 'interrupted', 'stopped', 'done']);
export type JobState = z.output<typeof jobState>;

const count = z.int().min(0);

export const jobHead = z.strictObject({
  id,
  title: z.string(),
  mode: rotationMode,
  state: jobState,
  startedAt: instant,
  finishedAt: instant.exactOptional(),
  /** How many tokens, and how many of them are in each state. */
  total: count,
  counts: z.strictObject({
    pending: count,
    running: count,
    paused: count,
    waiting: count,
    done: count,
    'needs-attention': count,
    failed: count,
    abandoned: count,
    left: count,
  }),
  /** CircleCI asked for a pause: it goes on by itself. */
  hostPause: z.strictObject({ host: z.string(), from: instant, until: instant }).exactOptional(),
  /** Why it paused by itself. */
  error: partFailure.exactOptional(),
});
export type JobHead = z.output<typeof jobHead>;

/** In the order in which it rotates them. */
export const job = jobHead.extend({ items: z.array(jobItem) });
export type Job = z.output<typeof job>;

/** What a job would do to one token, and what stops working for it. */
export const jobPreviewItem = z.strictObject({
  token,
  mode: rotationMode,
  dangers: z.array(danger),
  /** In words: who may notice, and from when until when. */
  stops: z.string(),
  /** It was chosen by an age that CircleCI does not tell of it. */
  untoldAge: z.literal(true).exactOptional(),
  /** Why it would not be begun. */
  refusal: partFailure.exactOptional(),
});
export type JobPreviewItem = z.output<typeof jobPreviewItem>;

export const jobReportItem = z.strictObject({
  number: count,
  token,
  mode: rotationMode,
  dangers: z.array(danger),
  state: jobItemState,
  rotation: rotation.exactOptional(),
  error: partFailure.exactOptional(),
});

export const jobReport = z.strictObject({ job: jobHead, writtenAt: instant, items: z.array(jobReportItem) });
export type JobReport = z.output<typeof jobReport>;

const which = {
  ids: z.array(idPrefix).max(10_000),
  filter: jobFilter.exactOptional(),
  mode: rotationMode.default('overlap'),
};
const one = z.strictObject({ id: idPrefix });
const oneJob = z.strictObject({ job });

export const jobCalls = {
  /** Ids or a filter, not both. Asks nobody and changes nothing. */
  'job.preview': call(z.strictObject(which), z.strictObject({ items: z.array(jobPreviewItem) })),
  /**
   * Rotates all of them in order of danger, several at a time. Answers as soon as the job is written down and begun; it
   * goes on by itself and tells by `job.changed`. `confirm` is what the person typed: cut-over wants ROTATE.
   */
  'job.start': call(
    z.strictObject({
      ...which,
      title: z.string().trim().min(1).max(200).exactOptional(),
      retire: z.enum(['now', 'taken']).default('now'),
      keep: z.boolean().default(false),
      confirm: z.string().max(100).exactOptional(),
    }),
    oneJob,
  ),
  /** The newest first. */
  'job.list': call(nothing, z.strictObject({ jobs: z.array(jobHead) })),
  'job.show': call(one, oneJob),
  /** Begins no further token; what runs ends its step, and rests where a token works. */
  'job.pause': call(one, oneJob),
  /** As pause, and the rest is left alone until somebody resumes it. */
  'job.stop': call(one, oneJob),
  /** Goes on with what is not begun and what is half done. One that runs, or rests by what was asked since, stays so. */
  'job.resume': call(one, oneJob),
  /** As resume, also with what failed or needs attention. */
  'job.retry': call(one, oneJob),
  /** Answers when it no longer runs here. */
  'job.wait': call(one, oneJob),
  /** Of every token what happened and what proves it; `markdown` says the same for people. */
  'job.report': call(one, z.strictObject({ report: jobReport, markdown: z.string() })),
} as const;
