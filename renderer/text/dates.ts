/** Dates as Rondo writes them: `Wed 2 Dec 2026` in words, `9 d` as a reading, `14:02:07` in proofs. */

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const wholeMonths: Readonly<Record<(typeof months)[number], string>> = {
  Jan: 'january',
  Feb: 'february',
  Mar: 'march',
  Apr: 'april',
  May: 'may',
  Jun: 'june',
  Jul: 'july',
  Aug: 'august',
  Sep: 'september',
  Oct: 'october',
  Nov: 'november',
  Dec: 'december',
};

export function longDay(instant: string): string {
  return `${weekDay(instant)} ${new Date(instant).getFullYear()}`;
}

/** `Wed 2 Dec`. */
export function weekDay(instant: string): string {
  return `${days[new Date(instant).getDay()]} ${shortDay(instant)}`;
}

export function shortDay(instant: string): string {
  const date = new Date(instant);
  return `${date.getDate()} ${months[date.getMonth()]}`;
}

export function dayWithYear(instant: string): string {
  return `${shortDay(instant)} ${new Date(instant).getFullYear()}`;
}

export function monthName(date: Date): string {
  const name = months[date.getMonth()] ?? '';
  return date.getMonth() === 0 ? `${name} ${String(date.getFullYear()).slice(2)}` : name;
}

export function clockTime(instant: string): string {
  const date = new Date(instant);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function exactTime(instant: string): string {
  return `${clockTime(instant)}:${two(new Date(instant).getSeconds())}`;
}

/** `Wed 2 Dec 2026, 14:02`. */
export function dayAndTime(instant: string): string {
  return `${longDay(instant)}, ${clockTime(instant)}`;
}

/** The time today, the day before that. */
export function sinceWhen(instant: string, nowMs: number): string {
  return isToday(instant, nowMs) ? clockTime(instant) : longDay(instant);
}

/** `14:02` today, `Wed 2 Dec 2026, 14:02` before that. */
export function timeAndDay(instant: string, nowMs: number): string {
  return isToday(instant, nowMs) ? clockTime(instant) : dayAndTime(instant);
}

export function isToday(instant: string, nowMs: number): boolean {
  return new Date(instant).toDateString() === new Date(nowMs).toDateString();
}

/** `now`, `4 m`, `7 h`, `12 d`: how long ago. */
export function ago(instant: string, nowMs: number): string {
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** `34 ms`, `0.3 s`, `31.7 s`, `2:05`, `3 h 10 m`. */
export function duration(ms: number): string {
  if (ms < 95) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return countdown(ms);
  const minutes = Math.floor(ms / 60_000);
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} m` : `${Math.floor(minutes / 1_440)} d`;
}

/** `0:23`. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** The days in a sentence of the core's, which a terminal shows as `2026-12-02`, in words; but not a part of somebody's name. */
export function daysInWords(sentence: string): string {
  return sentence.replace(/(?<![\w"./-])\d{4}-\d{2}-\d{2}(?![\w"/-])/g, (written) => {
    const day = dayOf(written);
    return day === undefined ? written : longDay(day.toISOString());
  });
}

/** When the day begins that somebody wrote, as dates are shown (`2 Dec 2026`) or as terminals do. Undefined: it is none. */
export function dayOf(written: string): Date | undefined {
  const text = written.trim();
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const [, inWords, name, ofYear] =
    /^(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*,? +)?(\d{1,2}) +([a-z]{3,9}) +(\d{4})$/i.exec(text) ?? [];
  if (name !== undefined) return dayIn(Number(ofYear), monthOf(name), Number(inWords));
  return year === undefined ? undefined : dayIn(Number(year), Number(month) - 1, Number(day));
}

function monthOf(name: string): number {
  const lower = name.toLowerCase();
  return months.findIndex((month) => wholeMonths[month].startsWith(lower));
}

/** A day that no month has is none, and no later one. */
function dayIn(year: number, month: number, day: number): Date | undefined {
  const date = new Date(year, month, day);
  const isThatDay = date.getFullYear() === year && date.getMonth() === month;
  return isThatDay ? date : undefined;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
