import { accountCalls } from './account.ts';
import { auditCalls } from './audit.ts';
import { backupCalls } from './backup.ts';
import { inventory, inventoryCalls } from './inventory.ts';
import { job, jobCalls } from './job.ts';
import type { Client, EventOf, Handlers } from './kit.ts';
import { projectCalls } from './project.ts';
import { rotation, rotationCalls } from './rotation.ts';
import { sandboxCalls } from './sandbox.ts';
import { syncCalls, syncProgress } from './sync.ts';
import { tokenCalls } from './token.ts';
import { transferCalls } from './transfer.ts';
import { vaultCalls, vaultStatus } from './vault.ts';

/**
 * Everything that a front door can ask of the core, and everything that the core announces. Main must answer all of it
 * or does not compile; the preload, the window's client, the command line and the tests are derived from these values.
 */
export const calls = {
  ...vaultCalls,
  ...backupCalls,
  ...transferCalls,
  ...inventoryCalls,
  ...accountCalls,
  ...projectCalls,
  ...syncCalls,
  ...tokenCalls,
  ...rotationCalls,
  ...jobCalls,
  ...auditCalls,
  ...sandboxCalls,
} as const;

export const events = {
  'vault.changed': vaultStatus,
  'inventory.changed': inventory,
  'sync.progress': syncProgress,
  'rotation.changed': rotation,
  'job.changed': job,
} as const;

export type RondoCalls = typeof calls;
export type RondoHandlers = Handlers<RondoCalls>;
export type RondoClient = Client<RondoCalls>;
export type RondoEvent = EventOf<typeof events>;
export type Channel = keyof RondoCalls;
