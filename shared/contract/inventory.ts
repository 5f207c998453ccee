import * as z from 'zod';
import { account } from './account.ts';
import { call, nothing } from './kit.ts';
import { project } from './project.ts';
import { rotation } from './rotation.ts';
import { token } from './token.ts';

/** Everything that an unlocked window shows, as one value: no screen can hold a half of it that does not fit the rest. */
export const inventory = z.strictObject({
  accounts: z.array(account),
  projects: z.array(project),
  tokens: z.array(token),
  rotations: z.array(rotation),
});
export type Inventory = z.output<typeof inventory>;

export const inventoryCalls = {
  /** Subscribe to `inventory.changed` first, then read: apply an event only if its revision is higher than this one. */
  'inventory.read': call(nothing, z.strictObject({ revision: z.int(), inventory })),
} as const;
