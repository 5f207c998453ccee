import type { Danger } from './contract/job.ts';

const dangerWords: Readonly<Record<Danger, string>> = {
  leaked: 'leaked',
  'held-here': 'held here',
  full: 'full power',
  admin: 'admin',
  write: 'write',
  read: 'read',
  status: 'status',
  'unknown-power': 'power unknown',
};

/** Why a token is dangerous, as the command line and the report say it. */
export function dangersText(dangers: readonly Danger[]): string {
  return dangers.map((danger) => dangerWords[danger]).join(', ');
}
