import type { Rotation, Step } from '../../../shared/contract/rotation.ts';

/** How long a step took: from the end of the one before it (or the beginning) to its own end. */
export function stepDurationMs(rotation: Rotation, step: Step, nowMs: number): number | undefined {
  if (step.at === undefined || step.state === 'pending' || step.state === 'waiting' || step.state === 'skipped')
    return undefined;
  const index = rotation.steps.indexOf(step);
  const endMs = Date.parse(step.at);
  const ends = (steps: readonly Step[]) =>
    steps.flatMap(({ at, state }) => (at === undefined || state === 'pending' ? [] : [Date.parse(at)]));
  // Done again after a wait: when it began again is not written down.
  if (ends(rotation.steps.slice(index + 1)).some((laterMs) => laterMs < endMs)) return undefined;
  const before = ends(rotation.steps.slice(0, index)).filter((earlierMs) => earlierMs <= endMs);
  const fromMs = Math.max(Date.parse(rotation.startedAt), ...before);
  return Math.max(0, (step.state === 'running' ? nowMs : endMs) - fromMs);
}

export interface Overlap {
  /** The ruler's length. */
  readonly spanMs: number;
  /** Since the rotation began. */
  readonly newFromMs: number | undefined;
  readonly oldToMs: number | undefined;
  readonly nowMs: number | undefined;
  /** How long both have answered, so far or in all. */
  readonly bothMs: number | undefined;
}

export function overlapOf(rotation: Rotation, nowMs: number): Overlap {
  const startMs = Date.parse(rotation.startedAt);
  const isOver = rotation.finishedAt !== undefined;
  const created = doneAt(rotation, 'create');
  const retired = doneAt(rotation, 'retire-old');
  // The page looks at its clock now and then: what has happened is never after now.
  const happened = rotation.steps.flatMap(({ at, state }) =>
    at === undefined || state === 'pending' ? [] : [Date.parse(at)],
  );
  const nowSince = isOver ? undefined : Math.max(nowMs, ...happened) - startMs;
  const endMs = isOver ? Date.parse(rotation.finishedAt ?? '') - startMs : (nowSince ?? 0);
  const newFromMs = created === undefined ? undefined : created - startMs;
  const oldToMs = retired === undefined ? undefined : retired - startMs;
  // In cut-over the old one ended before the new one began.
  const isTogether = newFromMs !== undefined && (oldToMs ?? endMs) >= newFromMs;
  const bothMs = isTogether ? (oldToMs ?? endMs) - newFromMs : undefined;
  // Room behind what happened, so that the surviving line is seen to go on.
  return { spanMs: niceSpan(endMs * 1.25), newFromMs, oldToMs, nowMs: nowSince, bothMs };
}

function doneAt(rotation: Rotation, name: Step['name']): number | undefined {
  const step = rotation.steps.find((candidate) => candidate.name === name);
  return step?.state === 'done' && step.at !== undefined ? Date.parse(step.at) : undefined;
}

interface WordsPlace {
  readonly x: number;
  readonly dx: number;
  readonly anchor: 'start' | 'end';
}

/**
 * Where it is said that both answer: in their span where that is wide enough, else beside it, on the side that has the
 * room. All in per cent of the ruler, of which the words take some 32 in a small window.
 */
export function bothWordsPlace(fromX: number, toX: number): WordsPlace {
  if (toX - fromX >= 33) return { x: fromX, dx: 6, anchor: 'start' };
  return toX <= 67 ? { x: toX, dx: 8, anchor: 'start' } : { x: fromX, dx: -8, anchor: 'end' };
}

/** The words of the new one stand where the line of now is not: before its birth where it came late or has lived shortly. */
export function newWordsPlace(fromX: number, toX: number): WordsPlace {
  const isBefore = fromX > 60 || (fromX > 14 && toX - fromX < 14);
  return isBefore ? { x: fromX, dx: -6, anchor: 'end' } : { x: fromX, dx: 0, anchor: 'start' };
}

/** The words of the old one stand behind its end, or before it where there is no room behind it; alone right at its end. */
export function oldWordsPlace(toX: number, isAlone: boolean): WordsPlace {
  if (toX <= 70) return { x: toX, dx: 8, anchor: 'start' };
  return { x: toX, dx: isAlone && toX === 100 ? 0 : -8, anchor: 'end' };
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Spans whose six parts are figures that people count in. */
const spans = [
  0.6 * second,
  1.2 * second,
  3 * second,
  6 * second,
  12 * second,
  30 * second,
  minute,
  3 * minute,
  6 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  3 * day,
  6 * day,
  30 * day,
  60 * day,
];

export function niceSpan(ms: number): number {
  return spans.find((span) => span >= ms) ?? Math.ceil(ms / (60 * day)) * 60 * day;
}

/** The ruler's six labels, in the largest unit that keeps them whole. */
export function spanLabel(ms: number, spanMs: number): string {
  if (ms === 0) return '0';
  if (spanMs < 12 * second) return `${(ms / second).toFixed(1)} s`;
  if (spanMs < minute) return `${ms / second} s`;
  if (spanMs < hour) return `${Math.floor(ms / minute)}:${String((ms % minute) / second).padStart(2, '0')}`;
  if (spanMs < day)
    return `${Math.floor(ms / hour)} h ${Math.round((ms % hour) / minute)} m`.replace(' 0 m', '').replace(/^0 h /, '');
  return `${Math.floor(ms / day)} d ${Math.round((ms % day) / hour)} h`.replace(' 0 h', '').replace(/^0 d /, '');
}
