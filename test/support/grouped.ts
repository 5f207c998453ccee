/** What comes of what, the same outcomes together, each in the order in which it was first met: to be read by people. */
export function grouped(outcomes: Iterable<readonly [what: string, outcome: string]>): Record<string, string> {
  const groups = new Map<string, string[]>();
  for (const [what, outcome] of outcomes) groups.set(outcome, [...(groups.get(outcome) ?? []), what]);
  return Object.fromEntries([...groups].map(([outcome, whats]) => [whats.join(', '), outcome]));
}
