/** Enough of an id to type back: a vault would need tens of thousands of records for two to begin alike. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

export function shortDate(instant: string | undefined): string | undefined {
  return instant?.slice(0, 10);
}

/** To the second, UTC. */
export function shortTime(instant: string | undefined): string | undefined {
  return instant === undefined ? undefined : `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
