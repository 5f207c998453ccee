import * as z from 'zod';
import { instant } from '../../shared/contract/kit.ts';
import { proof, rotationMode, rotationState, step, stepName } from '../../shared/contract/rotation.ts';
import { partFailure } from '../../shared/contract/sync.ts';
import { id } from '../../shared/ids.ts';

const keys = z.array(z.string()).readonly();

/** How Rondo had signed in with the browser: nothing of it is secret. */
const browser = z.object({
  client: z.object({ id: z.string(), redirectUri: z.string() }),
  expiresAt: instant.exactOptional(),
});

/**
 * A rotation as the vault holds it: a row of the journal while it is open, a record afterwards. It never holds a value:
 * the new one is the sealed value of the replacement's token record, written in the transaction that ends `create`.
 */
export const rotationRecord = z.object({
  token: id,
  /** The job that it is a part of. */
  job: id.exactOptional(),
  account: id,
  place: z.union([
    z.object({ kind: z.literal('personal') }),
    z.object({ kind: z.literal('project'), slug: z.string() }),
  ]),
  /** A host without ids, or without a list, gives none: then the old one is deleted by hand. */
  oldRemoteId: z.string().exactOptional(),
  request: z.object({
    label: z.string(),
    wireScope: z.string().exactOptional(),
    access: z.string().exactOptional(),
    /** How long the new token may live; absent: CircleCI decides, as it did for the old one. */
    lifetimeMs: z.int().exactOptional(),
  }),
  keep: z.boolean(),
  mode: rotationMode,
  retire: z.string(),
  /** The old one is deleted so long after the new one was proved. */
  retireAfterMs: z.int().exactOptional(),
  retireDueAt: instant.exactOptional(),
  guided: z.boolean(),
  /** Steps that a person does on CircleCI's page; absent: none. */
  byHand: z.array(stepName).readonly().exactOptional(),
  /** What the place listed when it began: a token that is made by hand is none of these. Absent: it has no list. */
  keysBefore: keys.exactOptional(),
  /** How it waited for a person before Rondo tried once more by itself: so it waits again where nothing comes of that. */
  waited: z
    .object({ steps: z.array(step), byHand: z.array(stepName).readonly(), keysBefore: keys.exactOptional() })
    .exactOptional(),
  /** Organizations whose things the new token may not see before its owner authorizes it for them. */
  authorize: keys.exactOptional(),
  /** Those of which nothing tells whether that is needed. */
  authorizePerhaps: keys.exactOptional(),
  state: rotationState,
  /** While it runs: the process that runs it, or ran it until it was cut off. */
  runner: z.string().exactOptional(),
  steps: z.array(step),
  startedAt: instant,
  finishedAt: instant.exactOptional(),
  /** A create whose answer is not known: what its place held before, when it was sent, and when its answer was lost. */
  attempt: z
    .object({
      startedAt: instant,
      listedAt: instant.exactOptional(),
      endedAt: instant.exactOptional(),
      keysBefore: keys,
      disputed: keys.exactOptional(),
      orphan: z.string().exactOptional(),
    })
    .exactOptional(),
  /** What the place held before a create whose answer was lost and of which nothing was found: it may be carried out yet. */
  unfound: keys.exactOptional(),
  replacement: id.exactOptional(),
  /** The account signs in with the replacement since then. What was before: `held` of the old value, and `browser`. */
  switched: z
    .object({ at: instant, held: z.enum(['none', 'sealed', 'kept']), browser: browser.exactOptional() })
    .exactOptional(),
  /** How the old value was held before the first of several switches: somebody signed in with it again in between. */
  heldBefore: z.enum(['none', 'sealed', 'kept']).exactOptional(),
  createdAt: instant.exactOptional(),
  /** The answer to an earlier deletion was lost, or was untrue: what a later one is answered says nothing of that one. */
  deletionLost: z.literal(true).exactOptional(),
  retiredAt: instant.exactOptional(),
  proofs: z.array(proof),
  error: partFailure.exactOptional(),
  /** The vault was restored from a backup while this was open: it is resumed by its id only. */
  restoredAt: instant.exactOptional(),
});

export type RotationContent = z.output<typeof rotationRecord>;
export type RotationRecord = RotationContent & { readonly id: string };
