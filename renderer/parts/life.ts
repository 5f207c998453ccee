import type { Token } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import { dayMs, isPast, standingOf, type Tone, toneOf } from '../state/standing.ts';

/**
 * The geometry of a life line, in per cent of its width, so that one drawing fits every column without a style
 * attribute. Pure: the picture is drawn by life-line.tsx.
 */
export interface Measure {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Today is always in the middle: left of it is age, right of it is time left. */
export function yearMeasure(nowMs: number): Measure {
  return { fromMs: nowMs - 365 * dayMs, toMs: nowMs + 365 * dayMs };
}

export interface Life {
  readonly tone: Tone;
  /** Left edge of the lived bar; `before`: it was born before the ruler begins. */
  readonly born: { readonly x: number; readonly before: boolean };
  readonly livedTo: number;
  readonly end:
    | { readonly kind: 'hard' | 'soft'; readonly x: number; readonly beyond: boolean }
    | { readonly kind: 'endless' }
    | { readonly kind: 'gone'; readonly x: number };
  /** From the due date to today. */
  readonly over?: { readonly from: number; readonly to: number };
  /** The token it replaced. */
  readonly earlier?: { readonly from: number; readonly to: number };
}

export function lifeOf(token: Token, nowMs: number, measure: Measure, earlier?: Token): Life {
  const at = (ms: number) => percent(ms, measure);
  const bornMs = Date.parse(token.createdAt ?? token.firstSeenAt);
  const tone = toneOf(standingOf(token, nowMs));
  const born = { x: at(bornMs), before: bornMs < measure.fromMs };
  const before = earlier === undefined ? {} : { earlier: earlierLife(earlier, measure, nowMs) };
  if (isPast(token)) {
    const goneAt = at(Math.min(nowMs, Date.parse(token.lastSeenAt)));
    return { tone, born, livedTo: goneAt, end: { kind: 'gone', x: goneAt }, ...before };
  }
  const endMs = token.expiresAt ?? token.dueAt;
  if (endMs === undefined) return { tone, born, livedTo: at(nowMs), end: { kind: 'endless' }, ...before };
  const kind = token.expiresAt === undefined || token.expiresAt !== token.dueAt ? ('soft' as const) : ('hard' as const);
  const dueMs = Date.parse(token.dueAt ?? endMs);
  const end = { kind, x: at(dueMs), beyond: dueMs > measure.toMs };
  const isDead = kind === 'hard' && dueMs <= nowMs;
  const over = dueMs < nowMs && !isDead ? { over: { from: at(dueMs), to: at(nowMs) } } : {};
  return { tone, born, livedTo: at(Math.min(nowMs, dueMs)), end, ...over, ...before };
}

/** The one that it replaced. */
export function earlierOf(token: Token, byId: ReadonlyMap<Id, Token>): Token | undefined {
  return token.rotatedFrom === undefined ? undefined : byId.get(token.rotatedFrom);
}

function earlierLife(token: Token, measure: Measure, nowMs: number): { readonly from: number; readonly to: number } {
  const bornMs = Date.parse(token.createdAt ?? token.firstSeenAt);
  const endMs = isPast(token) ? Date.parse(token.lastSeenAt) : nowMs;
  return { from: percent(bornMs, measure), to: percent(endMs, measure) };
}

export function percent(ms: number, { fromMs, toMs }: Measure): number {
  const share = ((ms - fromMs) / (toMs - fromMs)) * 100;
  return Math.round(Math.min(100, Math.max(0, share)) * 100) / 100;
}

export interface Tick {
  readonly x: number;
  readonly label?: string;
  /** It has no name in a narrow window, where it would run into its neighbour. */
  readonly isSpare?: boolean;
}

/** The first of every month on the measure; `labelled` says which of them carry a name, and which only where there is room. */
export function monthTicks(
  measure: Measure,
  name: (date: Date) => string,
  labelled: (date: Date) => boolean | 'spare',
): readonly Tick[] {
  const ticks: Tick[] = [];
  const first = new Date(measure.fromMs);
  const cursor = new Date(first.getFullYear(), first.getMonth() + 1, 1);
  while (cursor.getTime() <= measure.toMs) {
    const x = percent(cursor.getTime(), measure);
    const named = labelled(cursor);
    ticks.push(named ? { x, label: name(cursor), ...(named === 'spare' ? { isSpare: true } : {}) } : { x });
    cursor.setMonth(cursor.getMonth() + 1);
  }
  return ticks;
}

/** Every quarter of a year has a name, and every half where there is little room. */
export function quarters(date: Date): boolean | 'spare' {
  return date.getMonth() % 6 === 0 || (date.getMonth() % 3 === 0 && 'spare');
}
