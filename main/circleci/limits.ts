/** How long and how much this room waits, reads and repeats. Tests give smaller ones. */
export interface Limits {
  readonly connectMs: number;
  readonly answerMs: number;
  readonly maxAnswerBytes: number;
  readonly maxRedirects: number;
  readonly connections: number;
  readonly attempts: number;
  readonly rateLimitedAttempts: number;
  readonly firstPauseMs: number;
  readonly patienceMs: number;
}

export const defaultLimits: Limits = {
  // A TLS handshake over a bad mobile line takes 3 s; a firewall that drops packets would hold us for minutes.
  connectMs: 10_000,
  // CircleCI's own gateway gives up after 30 s.
  answerMs: 30_000,
  // A list of 10 000 tokens is about 2 MB; four times that still fits in memory a few times over.
  maxAnswerBytes: 8 * 1024 * 1024,
  // http to https is a change of origin, so one hop is the rule and two are rare.
  maxRedirects: 3,
  // Enough to keep a sync busy, few enough not to look like an attack.
  connections: 6,
  // With pauses of 0.5, 1 and 2 s a restart of one of their servers is bridged, and a person waits under 4 s for a no.
  attempts: 4,
  // Here each pause is one that CircleCI asked for, so patience decides first.
  rateLimitedAttempts: 20,
  firstPauseMs: 500,
  // A limit per minute is over after a minute.
  patienceMs: 60_000,
};
