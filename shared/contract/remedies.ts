import type { Failure } from './result.ts';

/**
 * What would help after a failure, in `details.remedy`. A hint is read in a terminal and in the window, so it names no
 * command: each front door adds its own way, as the command line does in `main/cli/remedy-commands.ts`.
 */
export const remedies = [
  'account.add',
  'account.authority',
  'backup.create',
  'backup.list',
  'backup.restore',
  'rotation.resume',
  'rotation.show',
  'token.adopt',
  'vault.carve',
  'vault.create',
  'vault.damage',
  'vault.elsewhere',
  'vault.repair',
  'vault.verify',
] as const;

export type Remedy = (typeof remedies)[number];

export function wouldHelp(remedy: Remedy, { details }: Pick<Failure, 'details'>): boolean {
  return details?.remedy === remedy;
}
