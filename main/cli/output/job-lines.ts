import type { Job, JobHead, JobItemState, JobPreviewItem, JobState } from '../../../shared/contract/job.ts';
import { dangersText } from '../../../shared/danger-words.ts';
import { printable } from '../../../shared/labels.ts';
import { untoldAgeText } from '../../../shared/untold-age.ts';
import { counted, shortId, shortTime } from './short.ts';
import type { Style, Tone } from './style.ts';
import { table } from './table.ts';

const stateTones: Record<JobState, Tone> = {
  running: 'plain',
  paused: 'warn',
  interrupted: 'bad',
  stopped: 'warn',
  done: 'good',
};

const itemTones: Record<JobItemState, Tone> = {
  pending: 'quiet',
  running: 'plain',
  paused: 'warn',
  waiting: 'warn',
  done: 'good',
  'needs-attention': 'bad',
  failed: 'bad',
  abandoned: 'quiet',
  left: 'quiet',
};

export function jobsLines(jobs: readonly JobHead[], style: Style): string[] {
  if (jobs.length === 0) return ['No jobs.'];
  return table(
    jobs,
    [
      { title: 'ID', cell: (job) => shortId(job.id) },
      { title: 'STATE', cell: (job) => job.state, tone: (job) => stateTones[job.state] },
      { title: 'DONE', cell: (job) => `${job.counts.done} of ${job.total}` },
      { title: 'MODE', cell: (job) => job.mode },
      { title: 'TITLE', cell: (job) => job.title, shrinks: true },
      { title: 'STARTED (UTC)', cell: (job) => shortTime(job.startedAt) },
    ],
    style,
  );
}

/** One job: its counts, a line a token, and what to do next. */
export function jobLines(job: Job, style: Style): string[] {
  const head = `${style.paint('strong', `job ${shortId(job.id)}`)}  ${style.paint(stateTones[job.state], job.state)}  ${job.counts.done} of ${job.total} replaced  ${printable(job.title)}`;
  const rows = job.items.map((item, index) => ({ ...item, number: index + 1 }));
  const lines = table(
    rows,
    [
      { title: 'NO', cell: ({ number }) => String(number) },
      { title: 'TOKEN', cell: ({ token }) => shortId(token) },
      { title: 'WHY', cell: ({ dangers }) => dangersText(dangers) },
      { title: 'MODE', cell: ({ mode }) => mode },
      { title: 'STATE', cell: ({ state }) => state, tone: ({ state }) => itemTones[state] },
      { title: 'ROTATION', cell: ({ rotation }) => (rotation === undefined ? undefined : shortId(rotation)) },
      { title: 'WHAT HAPPENED', cell: ({ error }) => error?.message, shrinks: true },
    ],
    style,
  );
  const why = job.error === undefined ? [] : [`  ${printable(job.error.message)}`];
  return [head, ...why, ...lines, ...nextLines(job)];
}

export function previewLines(items: readonly JobPreviewItem[], style: Style): string[] {
  const rows = items.map((item, index) => ({ ...item, number: index + 1 }));
  return [
    ...table(
      rows,
      [
        { title: 'NO', cell: ({ number }) => String(number) },
        { title: 'TOKEN', cell: ({ token }) => shortId(token.id) },
        { title: 'LABEL', cell: ({ token }) => token.label, shrinks: true },
        { title: 'WHY', cell: ({ dangers }) => dangersText(dangers) },
        { title: 'MODE', cell: ({ mode }) => mode },
        { title: 'WHAT STOPS', cell: ({ stops, refusal }) => refusal?.message ?? stops, shrinks: true },
      ],
      style,
    ),
    ...untoldAgeLines(items.filter(({ untoldAge }) => untoldAge === true).length, style),
    style.paint('quiet', `${counted(items.length, 'token')}. Nothing was changed.`),
  ];
}

/** Of tokens that were chosen by their age. */
export function untoldAgeLines(amount: number, style: Style): string[] {
  return amount === 0 ? [] : [style.paint('warn', untoldAgeText(amount, counted(amount, 'token')))];
}

function nextLines({ id, state, counts }: Job): string[] {
  const short = shortId(id);
  if (state === 'paused' || state === 'interrupted' || state === 'stopped')
    return [`  go on: rondo job resume ${short}`];
  const again = counts.failed + counts['needs-attention'];
  return [
    ...(again === 0 ? [] : [`  again with the ${again} that did not end: rondo job resume ${short} --failed`]),
    ...(state === 'done' ? [`  what proves it: rondo job report ${short}`] : []),
  ];
}
