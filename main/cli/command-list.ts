import type { CliCommand } from './command.ts';
import { accountCommands } from './commands/account.ts';
import { auditCommands } from './commands/audit.ts';
import { backupCommands } from './commands/backup.ts';
import { demoCommands } from './commands/demo.ts';
import { incidentCommands } from './commands/incident.ts';
import { jobCommands } from './commands/job.ts';
import { projectCommands } from './commands/project.ts';
import { rotateCommands } from './commands/rotate.ts';
import { rotationCommands } from './commands/rotation.ts';
import { sandboxCommands } from './commands/sandbox.ts';
import { syncCommands } from './commands/sync.ts';
import { tokenChangeCommands } from './commands/token-change.ts';
import { tokenCreateCommands } from './commands/token-create.ts';
import { tokenReadCommands } from './commands/token-read.ts';
import { tokenTakeCommands } from './commands/token-take.ts';
import { transferCommands } from './commands/transfer.ts';
import { vaultCommands } from './commands/vault.ts';
import { vaultReKeyCommands } from './commands/vault-re-key.ts';
import { vaultRepairCommands } from './commands/vault-repair.ts';

/** Every command, in the order in which help shows them. */
export const commands: readonly CliCommand[] = [
  ...vaultCommands,
  ...vaultReKeyCommands,
  ...vaultRepairCommands,
  ...accountCommands,
  ...projectCommands,
  ...syncCommands,
  ...tokenReadCommands,
  ...tokenCreateCommands,
  ...tokenTakeCommands,
  ...tokenChangeCommands,
  ...rotateCommands,
  ...rotationCommands,
  ...incidentCommands,
  ...jobCommands,
  ...auditCommands,
  ...backupCommands,
  ...transferCommands,
  ...sandboxCommands,
  ...demoCommands,
];

/** Words that only hold commands together. */
export const groups: Readonly<Record<string, string>> = {
  vault: 'the vault itself',
  account: 'who Rondo is on CircleCI',
  project: 'which projects sync reads',
  token: 'tokens',
  'token create': 'a new token',
  rotation: 'rotations under way and finished',
  job: 'rotations of many tokens at once',
};
