import { z } from 'zod';
import { id, idPrefix } from '../ids.ts';
import { newLabel } from '../labels.ts';
import { call, instant } from './kit.ts';
import { partFailure } from './sync.ts';
import { tokenFilter } from './token.ts';

/** In overlap's order of execution. */
export const stepNames = ['plan', 'create', 'prove-new', 'deliver', 'retire-old', 'prove-old-gone'] as const;
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
});
export type Receipt = z.output<typeof receipt>;

export const rotation = z.strictObject({
  id,
  token: id,
  replacement: id.exactOptional(),
  mode: z.enum(['overlap', 'cut-over']),
  retire: z.string(),
  guided: z.boolean(),
  state: rotationState,
  steps: z.array(step),
  startedAt: instant,
  finishedAt: instant.exactOptional(),
  receipt: receipt.exactOptional(),
  /** Why it failed, or what it needs attention for. */
  error: partFailure.exactOptional(),
});
export type Rotation = z.output<typeof rotation>;

const rotations = z.strictObject({ rotations: z.array(rotation) });

export const rotationCalls = {
  /** Ids or a filter, not both. Runs to the end of each rotation; progress comes as `rotation.changed`. */
  'rotation.start': call(
    z.strictObject({
      ids: z.array(idPrefix).max(10_000),
      filter: tokenFilter.exactOptional(),
      label: newLabel.exactOptional(),
      /** When the old one is deleted: at once, or after the new value was taken (`token.taken`, then `rotation.resume`). */
      retire: z.enum(['now', 'taken']).default('now'),
      keep: z.boolean(),
      dryRun: z.boolean(),
    }),
    rotations,
  ),
  'rotation.list': call(z.strictObject({ state: rotationState.exactOptional() }), rotations),
  'rotation.show': call(z.strictObject({ id: idPrefix }), rotations),
  /** Without ids: every open rotation. */
  'rotation.resume': call(z.strictObject({ ids: z.array(idPrefix).max(10_000) }), rotations),
} as const;
