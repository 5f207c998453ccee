import { type Remedy, remedies } from '../../shared/contract/remedies.ts';
import type { Failure } from '../../shared/contract/result.ts';

/** What a person types to help themselves. */
export const remedyCommands: Readonly<Record<Remedy, string>> = {
  'account.add': 'rondo account add --host URL',
  'account.authority': 'rondo account add --host URL --ca FILE',
  'backup.create': 'rondo backup create FILE',
  'backup.list': 'rondo backup list',
  'backup.restore': 'rondo backup restore FILE',
  'rotation.resume': 'rondo rotation resume',
  'rotation.show': 'rondo rotation show',
  'token.adopt': 'rondo token adopt',
  'vault.carve': 'rondo vault carve --into DIR',
  'vault.create': 'rondo vault create',
  'vault.damage': 'rondo vault repair --dry-run',
  'vault.elsewhere': 'rondo --vault DIR',
  'vault.repair': 'rondo vault repair',
  'vault.verify': 'rondo vault verify',
};

/** The core's hint, and the command that does it. */
export function hintWithCommand({ hint, details }: Pick<Failure, 'hint' | 'details'>): string | undefined {
  const remedy = remedies.find((one) => one === details?.remedy);
  if (hint === undefined || remedy === undefined) return hint;
  const subject = typeof details?.rotation === 'string' ? ` ${details.rotation.slice(0, 12)}` : '';
  return `${hint.replace(/\.$/, '')}: ${remedyCommands[remedy]}${subject}`;
}
