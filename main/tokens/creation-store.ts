import * as z from 'zod';
import { instant } from '../../shared/contract/kit.ts';
import { id } from '../../shared/ids.ts';
import { createRecordStore, type Stored } from '../vault/record-store.ts';

/**
 * What is known of a creation that is no part of a rotation, while its answer is not known. A crash leaves it behind, and
 * whoever creates in that place next settles it first.
 */
const openCreation = z.object({
  account: id,
  place: z.union([
    z.object({ kind: z.literal('personal') }),
    z.object({ kind: z.literal('project'), slug: z.string() }),
  ]),
  request: z.object({
    label: z.string(),
    wireScope: z.string().exactOptional(),
    access: z.string().exactOptional(),
    expiresAt: instant.exactOptional(),
  }),
  attempt: z.object({
    startedAt: instant,
    listedAt: instant.exactOptional(),
    endedAt: instant.exactOptional(),
    keysBefore: z.array(z.string()).readonly(),
    disputed: z.array(z.string()).readonly().exactOptional(),
    orphan: z.string().exactOptional(),
  }),
});

type CreationContent = z.output<typeof openCreation>;
export type OpenCreation = Stored<CreationContent>;

export const creationStore = createRecordStore('creation', openCreation);
