import type { TokenCheck } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import { someNames } from '../../shared/some-names.ts';
import type { Note } from '../state/notes.ts';
import { figure } from './count.ts';

/** What CircleCI says of every value that is held here. */
export const checkText = {
  asking: 'CircleCI is asked about every held value.',
  /** How many work and which are refused; beneath, what could not be told, and why. */
  answered(checks: readonly TokenCheck[], labelOf: (id: Id) => string): Omit<Note, 'key'> {
    if (checks.length === 0) return { tone: 'plain', title: 'No value is held here, so nothing was checked.' };
    const of = (state: TokenCheck['state']) => checks.filter((check) => check.state === state);
    const [refused, failed, skipped] = [of('refused'), of('failed'), of('not-checked')];
    const works = `${figure(of('works').length)} ${of('works').length === 1 ? 'works' : 'work'}`;
    const names = someNames(refused.map(({ id }) => labelOf(id)));
    const named = (found: readonly TokenCheck[], words: string) =>
      `${amount(found)} ${words}: ${someNames(found.map(({ id, reason }) => `${labelOf(id)} (${reason})`))}.`;
    const lines = [
      ...(failed.length === 0 ? [] : [named(failed, 'could not be checked')]),
      ...(skipped.length === 0 ? [] : [named(skipped, skipped.length === 1 ? 'was not checked' : 'were not checked')]),
    ];
    return {
      tone: refused.length > 0 ? 'danger' : lines.length > 0 ? 'warn' : 'plain',
      title: refused.length === 0 ? `${works}.` : `${works}, ${amount(refused)} ${isAre(refused)} refused: ${names}.`,
      ...(lines.length === 0 ? {} : { text: lines.join(' ') }),
    };
  },
} as const;

function amount(found: readonly TokenCheck[]): string {
  return figure(found.length);
}

function isAre(found: readonly TokenCheck[]): string {
  return found.length === 1 ? 'is' : 'are';
}
