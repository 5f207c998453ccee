import type { JobItemState, JobReport } from '../../../shared/contract/job.ts';
import { dangersText } from '../../../shared/danger-words.ts';
import { printable } from '../../../shared/labels.ts';
import { proofsOf } from '../../../shared/proofs-of.ts';

type Item = JobReport['items'][number];

/** The report for people: what needs somebody first, then every token, then what proves it. */
export function reportMarkdown({ job, writtenAt, items }: JobReport): string {
  const open = items.filter(({ state }) => needsSomebody.has(state));
  const proved = items.filter(({ rotation }) => rotation !== undefined && proofsOf(rotation).length > 0);
  return [
    `# ${cell(job.title)}`,
    '',
    `${job.counts.done} of ${job.total} replaced. The job is ${job.state}. ${modeWords[job.mode]}`,
    '',
    `Begun ${job.startedAt}${job.finishedAt === undefined ? '' : `, ended ${job.finishedAt}`}. Written ${writtenAt} by Rondo. It holds no token's value.`,
    '',
    ...section(
      'What needs somebody',
      open.map((item) => `- ${nameOf(item)}: ${happened(item)}`),
    ),
    ...section('Every token, the most dangerous first', [
      '| No. | Token | Where | May | Why | State | New token | What happened |',
      '| ---: | --- | --- | --- | --- | --- | --- | --- |',
      ...items.map(row),
    ]),
    ...section('Proofs', proved.flatMap(proofLines)),
  ].join('\n');
}

const needsSomebody: ReadonlySet<JobItemState> = new Set([
  'needs-attention',
  'failed',
  'waiting',
  'paused',
  'abandoned',
  'left',
]);

const modeWords = {
  overlap: 'Overlap: each new token was to be made before the old one was deleted.',
  'cut-over':
    'Cut-over: each old token was to be deleted before the new one was made, except those that Rondo signs in with or may.',
} as const;

const stateWords: Readonly<Record<JobItemState, string>> = {
  pending: 'not begun',
  running: 'under way',
  paused: 'half done',
  waiting: 'waits',
  done: 'done',
  'needs-attention': 'needs somebody',
  failed: 'failed',
  abandoned: 'given up',
  left: 'not begun',
};

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function row(item: Item): string {
  const { number, token, dangers, state, rotation } = item;
  const cells = [
    String(number),
    cell(token.label),
    cell(token.project ?? 'personal'),
    cell(token.scope ?? token.access ?? 'everything'),
    dangersText(dangers),
    stateWords[state],
    rotation?.replacement ?? '',
    cell(happened(item)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function nameOf({ number, token }: Item): string {
  return `No. ${number}, ${cell(token.label)} (${cell(token.project ?? 'personal')})`;
}

function happened({ state, error, rotation }: Item): string {
  if (error !== undefined) return printable([error.message, error.hint].filter(Boolean).join(' '));
  if (state === 'left') return 'The job was stopped before this one was begun. Nothing was changed.';
  if (state === 'pending') return 'Nothing was changed.';
  const last = rotation?.steps.findLast((step) => step.detail !== undefined && step.state !== 'pending');
  return printable(last?.detail ?? '');
}

function proofLines(item: Item): string[] {
  const proofs = item.rotation === undefined ? [] : proofsOf(item.rotation);
  return [
    `- ${nameOf(item)}`,
    ...proofs.map(
      ({ ok, what, asked, answered, at }) =>
        `  - ${ok ? 'proved' : 'NOT proved'}: ${cell(what)}; asked ${cell(asked)}, answered ${cell(answered)}, ${at}`,
    ),
  ];
}

/** A label is anybody's text: in a table, and in whatever shows the table, it must stay text. */
function cell(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]<>#|!]/g, String.raw`\$&`);
}
