import * as z from 'zod';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `30m`, `2h`, `90d`, `2w`: what a person types; out comes milliseconds. */
export const duration = z.string().transform((text, context) => {
  const match = /^([1-9][0-9]{0,5})([mhdw])$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    context.addIssue({ code: 'custom', message: 'a duration is a number and m, h, d or w, like 90d' });
    return z.NEVER;
  }
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
});

/** `90d` for 7 776 000 000 ms: the largest unit that divides it. */
export function formatDuration(durationMs: number): string {
  for (const unit of ['w', 'd', 'h'] as const) {
    if (durationMs % unitMs[unit] === 0) return `${durationMs / unitMs[unit]}${unit}`;
  }
  return `${Math.round(durationMs / unitMs.m)}m`;
}
