import type { Token, TokenCheck } from '../../shared/contract/token.ts';
import type { Standing } from '../state/standing.ts';
import { count } from './count.ts';
import { clockTime, isToday, longDay, timeAndDay } from './dates.ts';

const may: Readonly<Record<string, string>> = {
  status: 'Status',
  'read-only': 'Read Only',
  admin: 'Admin',
  read: 'Read',
  write: 'Write',
  unknown: 'Not told',
};

export function mayWords(what: string): string {
  return may[what] ?? what;
}

export function standingWords(standing: Standing): string {
  switch (standing.is) {
    case 'leaked':
      return 'Leaked';
    case 'expired':
      return 'Expired';
    case 'over':
      return `Over ${standing.days} d`;
    case 'due':
      return standing.hours === undefined ? `Due ${standing.days} d` : `Due ${standing.hours || '< 1'} h`;
    case 'on-course':
    case 'endless':
      return 'Active';
    case 'unknown':
      return 'Unknown';
    case 'gone':
      return 'Gone';
    case 'revoked':
      return 'Deleted';
  }
}

export const valueWords = { none: 'None', sealed: 'Sealed', kept: 'Kept' } as const;

export const kindWords = { personal: 'Personal', project: 'Project' } as const;
export const kindNames = { personal: 'personal token', project: 'project token' } as const;

/** A token's last four characters are known only of values that were in the vault. */
export function named(token: Token): string {
  return token.tail === undefined ? token.label : `${token.label} ${token.tail}`;
}

/** The reading of the pane: one large figure, and what it counts. */
export function reading(
  standing: Standing,
  token: Token,
  ageDays: number,
): { figure: string; unit: string; about: string } {
  const ends = token.expiresAt === undefined ? undefined : `${longDay(token.expiresAt)}, ${clockTime(token.expiresAt)}`;
  switch (standing.is) {
    case 'expired':
      // CircleCI says so, and not since when.
      if (ends === undefined) return { ...ageOf(ageDays), about: 'it has expired' };
      return { ...figureOf(standing, 'since it expired'), about: ends };
    case 'over':
      return {
        figure: `${standing.days}`,
        unit: standing.days === 1 ? 'day over its policy' : 'days over its policy',
        about: 'the token itself still works',
      };
    case 'due':
    case 'on-course':
      return {
        ...figureOf(standing, 'left'),
        about: ends === undefined ? `replace it by ${longDay(token.dueAt ?? '')}` : `expires ${ends}`,
      };
    default: {
      const about: Partial<Record<Standing['is'], string>> = {
        endless: 'never expires by itself',
        unknown: 'CircleCI has not told when it ends',
        gone: `not listed since ${longDay(token.lastSeenAt)}`,
        revoked: 'deleted, and answers no more',
        leaked: 'Somebody else may have it. Rotate it now.',
      };
      return { ...ageOf(ageDays), about: about[standing.is] ?? '' };
    }
  }
}

function ageOf(days: number) {
  return { figure: `${days}`, unit: days === 1 ? 'day old' : 'days old' };
}

function figureOf({ days, hours }: { readonly days: number; readonly hours?: number }, what: string) {
  const amount = hours ?? days;
  const unit = hours === undefined ? 'day' : 'hour';
  // Less than one hour is said so: no token lives for none.
  return { figure: amount === 0 ? '< 1' : `${amount}`, unit: `${unit}${amount > 1 ? 's' : ''} ${what}` };
}

export function lifeWords(token: Token, standing: Standing): string {
  const born =
    token.createdAt === undefined ? `first seen ${longDay(token.firstSeenAt)}` : `created ${longDay(token.createdAt)}`;
  const ends =
    token.expiresAt !== undefined
      ? `expires ${longDay(token.expiresAt)}`
      : token.dueAt !== undefined
        ? `due ${longDay(token.dueAt)}`
        : 'never expires';
  return `Life: ${born}, ${ends}. ${standingWords(standing)}.`;
}

export const checkWords: Readonly<Record<TokenCheck['state'], string>> = {
  works: 'CircleCI says that it works.',
  refused: 'CircleCI refuses it.',
  'not-checked': 'It was not checked.',
  failed: 'It could not be checked.',
};

export function checkedWords(at: string, nowMs: number): string {
  return `Asked ${isToday(at, nowMs) ? 'at' : 'on'} ${timeAndDay(at, nowMs)}.`;
}

export function tokenCount(amount: number): string {
  return count(amount, 'token');
}
