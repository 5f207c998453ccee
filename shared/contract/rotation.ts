import * as z from 'zod';
import { id, idPrefix } from '../ids.ts';
import { newLabel } from '../labels.ts';
import { call, instant, secretBytes } from './kit.ts';
import { partFailure } from './sync.ts';
import { tokenFilter } from './token.ts';

/** In overlap's order of execution: the new one first. */
export const stepNames = ['plan', 'create', 'prove-new', 'deliver', 'retire-old', 'prove-old-gone'] as const;
/** In cut-over's: the old one first, for a token that somebody else may be using. */
export const cutOverStepNames = ['plan', 'retire-old', 'prove-old-gone', 'create', 'prove-new', 'deliver'] as const;
export const rotationMode = z.enum(['overlap', 'cut-over']);
export type RotationMode = z.output<typeof rotationMode>;
export const stepName = z.enum(stepNames);
export type StepName = z.output<typeof stepName>;

export const stepState = z.enum(['pending', 'running', 'waiting', 'done', 'skipped', 'failed']);
export const step = z.strictObject({
  name: stepName,
  state: stepState,
  at: instant.exactOptional(),
  detail: z.string().exactOptional(),
});
export type Step = z.output<typeof step>;

export const rotationState = z.enum([
  'planned',
  'running',
  'waiting',
  'done',
  'needs-attention',
  'failed',
  'abandoned',
]);
export type RotationState = z.output<typeof rotationState>;

/** One question put to CircleCI and its answer: what, asked how, answered how, when, and whether that proves it. */
export const proof = z.strictObject({
  what: z.string(),
  asked: z.string(),
  answered: z.string(),
  at: instant,
  ok: z.boolean(),
});
export type Proof = z.output<typeof proof>;

export const receipt = z.strictObject({
  old: z.strictObject({ id, tail: z.string().exactOptional() }),
  new: z.strictObject({ id, tail: z.string() }),
  proofs: z.array(proof),
  delivered: z.array(z.strictObject({ destination: id, ok: z.boolean(), verified: z.boolean() })),
  overlapMs: z.int().exactOptional(),
  /** The old one was to be deleted after a time: when, and when it was. */
  retire: z.strictObject({ dueAt: instant, doneAt: instant }).exactOptional(),
});
export type Receipt = z.output<typeof receipt>;

/** What a person does on CircleCI's own page, where the host has no route for it or the person chose to. */
export const byHandAct = z.enum(['create', 'delete', 'authorize']);
export type ByHandAct = z.output<typeof byHandAct>;

/** While a rotation waits for that, or could not do it itself: which act, the page, and in one line what to do there. */
export const guide = z.strictObject({ act: byHandAct, url: z.string(), line: z.string() });
export type Guide = z.output<typeof guide>;

/**
 * What whoever resumes it by its id has looked at: CircleCI, which may be further than a restored vault; or the tokens of
 * which one may have come of it. What is listed then stays, and it goes on.
 */
export const decision = z.enum(['restored', 'candidates']);
export type Decision = z.output<typeof decision>;

export const rotation = z.strictObject({
  id,
  token: id,
  replacement: id.exactOptional(),
  mode: rotationMode,
  /** `now`, `taken`, or a duration such as `2h`. */
  retire: z.string(),
  /** From when on the old one may be deleted; known once the new one was proved. */
  retireDueAt: instant.exactOptional(),
  /** Something of it is done by hand. */
  guided: z.boolean(),
  /** What is, so far as it is known; absent: nothing. */
  byHand: z.array(stepName).exactOptional(),
  guide: guide.exactOptional(),
  state: rotationState,
  steps: z.array(step),
  startedAt: instant,
  finishedAt: instant.exactOptional(),
  receipt: receipt.exactOptional(),
  /** The new token expires then, and of the old one no expiry is known. */
  newlyExpiresAt: instant.exactOptional(),
  /**
   * What was proved of one that needs attention or was given up, and where steps that are done do not say how much that is:
   * a receipt is of one that is done.
   */
  proofs: z.array(proof).exactOptional(),
  /** Why it failed, what it needs attention for, or why a person has to do what it waits for. */
  error: partFailure.exactOptional(),
  /** A deletion of the old one was sent, or may have been, and its answer was lost: a later no says nothing of that one. */
  deletionLost: z.literal(true).exactOptional(),
  /** The new value was taken, and is not kept: the vault holds it until this rotation ends and no longer. */
  taken: z.literal(true).exactOptional(),
  /** It goes on only when a person has decided. */
  decision: decision.exactOptional(),
});
export type Rotation = z.output<typeof rotation>;

/** A minute is the smallest duration that a person can say; no personal token lives longer than a year. */
const retireAfterMs = z
  .int()
  .min(60_000, { error: 'a minute at least' })
  .max(366 * 86_400_000, { error: 'a year at most' });

const rotations = z.strictObject({ rotations: z.array(rotation) });

export const rotationCalls = {
  /** Ids or a filter, not both. Runs to the end of each rotation; progress comes as `rotation.changed`. */
  'rotation.start': call(
    z.strictObject({
      ids: z.array(idPrefix).max(10_000),
      filter: tokenFilter.exactOptional(),
      label: newLabel.exactOptional(),
      /** Which of the two comes first. In cut-over nothing works in between: only for a token that leaked. */
      mode: rotationMode.default('overlap'),
      /**
       * In overlap, when the old one is deleted: at once; after the new value was taken (`token.taken`, then
       * `rotation.resume`); or so many milliseconds after the new one was proved.
       */
      retire: z.union([z.enum(['now', 'taken']), retireAfterMs]).default('now'),
      /** By hand, on CircleCI's pages: it waits for each act, and `rotation.resume` says that it is done. */
      guided: z.boolean().default(false),
      keep: z.boolean(),
      dryRun: z.boolean(),
    }),
    rotations,
  ),
  'rotation.list': call(z.strictObject({ state: rotationState.exactOptional() }), rotations),
  'rotation.show': call(z.strictObject({ id: idPrefix }), rotations),
  /**
   * Ends an open rotation where it stands: what it made stays in the vault, what it did not delete stays on CircleCI.
   * `confirm` is what the person typed; anything but ABANDON is `confirmation-required`, and so is one that went on while
   * this waited. One that ended meanwhile is answered as it ended.
   */
  'rotation.abandon': call(z.strictObject({ id: idPrefix, confirm: z.string().max(100).exactOptional() }), rotations),
  /**
   * Without ids: every open rotation; those that a restored vault brought back are answered as they stand, and go on by
   * their ids only. What a person did by hand is said to one rotation: `value` is what the new token's
   * page showed, as it was pasted; `confirm`, that the old one was deleted or the new one authorized. An act that does
   * not hold is the call's failure, and the rotation waits as before.
   */
  'rotation.resume': call(
    z
      .strictObject({
        ids: z.array(idPrefix).max(10_000),
        value: secretBytes.exactOptional(),
        confirm: z.enum(['deleted', 'authorized']).exactOptional(),
      })
      .refine(({ ids, value, confirm }) => (value === undefined && confirm === undefined) || ids.length === 1, {
        error: 'say for which one rotation',
      })
      .refine(({ value, confirm }) => value === undefined || confirm === undefined, {
        error: 'either a value or a confirmation',
      }),
    rotations,
  ),
} as const;
