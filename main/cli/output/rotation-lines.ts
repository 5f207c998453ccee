import type { ByHandAct, Rotation, RotationState, Step } from '../../../shared/contract/rotation.ts';
import { printable } from '../../../shared/labels.ts';
import { proofsOf } from '../../../shared/proofs-of.ts';
import { isWaitOver } from '../../../shared/wait-over.ts';
import { shortId, shortTime } from './short.ts';
import type { Style, Tone } from './style.ts';
import { table } from './table.ts';

const stateTones: Record<RotationState, Tone> = {
  planned: 'plain',
  running: 'plain',
  waiting: 'warn',
  done: 'good',
  'needs-attention': 'bad',
  failed: 'bad',
  abandoned: 'quiet',
};

export function rotationLines(rotations: readonly Rotation[], style: Style): string[] {
  if (rotations.length === 0) return ['No rotations.'];
  return table(
    rotations,
    [
      { title: 'ID', cell: (rotation) => shortId(rotation.id) },
      { title: 'TOKEN', cell: (rotation) => shortId(rotation.token) },
      {
        title: 'NEW',
        cell: (rotation) => (rotation.replacement === undefined ? undefined : shortId(rotation.replacement)),
      },
      { title: 'STATE', cell: (rotation) => rotation.state, tone: (rotation) => stateTones[rotation.state] },
      { title: 'STEP', cell: (rotation) => currentStep(rotation)?.name },
      { title: 'DETAIL', cell: (rotation) => currentStep(rotation)?.detail, shrinks: true },
      { title: 'STARTED (UTC)', cell: (rotation) => shortTime(rotation.startedAt) },
    ],
    style,
  );
}

/** Where it stands: the first step that is neither over nor still to come. */
function currentStep(rotation: Rotation): Step | undefined {
  return rotation.steps.find((step) => step.state === 'failed' || step.state === 'running' || step.state === 'waiting');
}

/** One rotation: its state, its steps, what is proved of it, and what to do next. */
export function receiptLines(rotation: Rotation, style: Style): string[] {
  const steps = rotation.steps.map((step) => stepLine(step, style));
  const proofs = proofsOf(rotation).map((proof) => {
    const mark = proof.ok ? style.paint('good', 'ok      ') : style.paint('bad', 'NOT OK  ');
    return `  ${mark}${printable(proof.what)}: asked ${printable(proof.asked)}, answered ${printable(proof.answered)}`;
  });
  return [headLine(rotation, style), ...(rotation.state === 'done' ? [] : steps), ...proofs, ...nextLines(rotation)];
}

function headLine({ id, token, replacement, state, receipt }: Rotation, style: Style): string {
  const tail = (text: string | undefined) => (text === undefined ? '' : ` (…${printable(text)})`);
  const to = replacement === undefined ? '' : ` -> ${shortId(replacement)}${tail(receipt?.new.tail)}`;
  const from = `${shortId(token)}${tail(receipt?.old.tail)}`;
  return `${style.paint('strong', `rotation ${shortId(id)}`)}  ${style.paint(stateTones[state], state)}  ${from}${to}`;
}

export function stepLine(step: Step, style: Style): string {
  const tone: Tone = step.state === 'failed' ? 'bad' : step.state === 'waiting' ? 'warn' : 'plain';
  const detail = step.detail === undefined ? '' : `  ${printable(step.detail)}`;
  return `  ${step.name.padEnd(15)}${style.paint(tone, step.state.padEnd(8))}${detail}`.trimEnd();
}

const tellOptions: Record<ByHandAct, string> = {
  create: '--value-stdin',
  delete: '--confirm-deleted',
  authorize: '--confirm-authorized',
};

function nextLines(rotation: Rotation): string[] {
  const { id, state, retire, replacement, guide, error } = rotation;
  if (guide !== undefined) {
    const isRefused = state === 'waiting' && error !== undefined;
    return [
      ...(isRefused ? [`  ${printable(error.message)}`] : []),
      `  open ${printable(guide.url)}`,
      `  ${printable(guide.line)}`,
      `  then: rondo rotation resume ${shortId(id)} ${tellOptions[guide.act]}`,
      ...(state === 'needs-attention' || isRefused
        ? [`  have Rondo try again: rondo rotation resume ${shortId(id)}`]
        : []),
      ...(replacement === undefined ? [] : [`  take the new value: rondo token take ${shortId(replacement)}`]),
    ];
  }
  if (state === 'needs-attention')
    return [`  look at it: rondo rotation show ${shortId(id)}; go on: rondo rotation resume ${shortId(id)}`];
  if (replacement === undefined) return [];
  if (isWaitOver(rotation)) {
    return [
      ...(error === undefined ? [] : [`  ${printable(error.message)}`]),
      `  go on: rondo rotation resume ${shortId(id)}`,
      ...(retire === 'taken' ? [] : [`  take the new value: rondo token take ${shortId(replacement)}`]),
    ];
  }
  return [`  take the new value: rondo token take ${shortId(replacement)}`];
}
