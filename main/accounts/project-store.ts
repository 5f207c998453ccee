import * as z from 'zod';
import { id } from '../../shared/ids.ts';
import { createRecordStore, type Stored } from '../vault/record-store.ts';

const projectRecord = z.object({
  account: id,
  slug: z.string(),
  name: z.string(),
  /** `no`: no longer followed on CircleCI; `removed`: taken out by the person, and a sync does not bring it back. */
  watched: z.enum(['followed', 'added', 'no', 'removed']),
});

/** A project of an account. Its tokens stay as last seen when it is no longer watched. */
export type ProjectRecord = Stored<z.output<typeof projectRecord>>;

export const projectStore = createRecordStore('project', projectRecord);
