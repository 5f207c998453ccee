/**
 * A date of the wire as ISO 8601 UTC. CircleCI writes ISO with or without zone (then it means UTC); seconds and
 * milliseconds since 1970 are taken too. Anything else is no date: a list is not refused for a decoration.
 */
export function instantOf(value: unknown): string | undefined {
  const date = dateOf(value);
  if (date === undefined || Number.isNaN(date.getTime())) return undefined;
  const text = date.toISOString();
  // Years beyond 9999 have another form, which our own dates do not take.
  return /^\d{4}-/.test(text) ? text : undefined;
}

function dateOf(value: unknown): Date | undefined {
  // 10^11 seconds are the year 5138, 10^11 milliseconds are 1973: before CircleCI, either way.
  if (typeof value === 'number') return new Date(value < 1e11 ? value * 1_000 : value);
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(value) || !value.includes(':');
  return new Date(hasZone ? value : `${value.replace(' ', 'T')}Z`);
}
