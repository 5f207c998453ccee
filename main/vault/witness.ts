import type { AuditAction } from '../../shared/audit-actions.ts';
import type { Id } from '../../shared/ids.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import type { LogEntry } from './vault.ts';

/** What a room says about its act; who and when are added here. */
export interface Act {
  readonly action: AuditAction;
  readonly subject?: Id;
  readonly outcome?: 'ok' | 'failed';
  readonly detail?: string;
}

/** Makes the entry that a room appends in the same transaction as the act itself. */
export type Witness = (act: Act) => LogEntry;

/** `actor`: which door the person came through, such as `command line`. */
export function createWitness(clock: Clock, actor: string): Witness {
  return ({ action, subject, outcome = 'ok', detail }) => ({
    at: isoInstant(clock.now()),
    actor,
    action,
    ...(subject === undefined ? {} : { subject }),
    outcome,
    ...(detail === undefined ? {} : { detail }),
  });
}
