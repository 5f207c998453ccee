import type { ByHandAct, Decision, Rotation, RotationState, Step } from '../../../shared/contract/rotation.ts';
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
  const rows = table(
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
  return [...rows, ...rotations.filter(({ decision }) => decision === 'restored').map(restoredLine)];
}

/** Its row tells what it was doing when the backup was made, and not why it does not go on. */
function restoredLine({ id }: Rotation): string {
  const short = shortId(id);
  return `${short} came back with a restored vault: look at its token on CircleCI, then: rondo rotation resume ${short}`;
}

/** Where it stands: the first step that is neither over nor still to come. */
function currentStep(rotation: Rotation): Step | undefined {
  return rotation.steps.find((step) => step.state === 'failed' || step.state === 'running' || step.state === 'waiting');
}

/** One rotation: its state, its steps, what is proved of it, why it stands where it does, and what to do next. */
export function receiptLines(rotation: Rotation, style: Style): string[] {
  const { state } = rotation;
  const isPlain = state === 'done' || (state === 'failed' && !isBegun(rotation));
  const steps = isPlain ? [] : rotation.steps.map((step) => stepLine(step, style));
  const proofs = proofsOf(rotation).map((proof) => {
    const mark = proof.ok ? style.paint('good', 'ok      ') : style.paint('warn', 'unproved');
    return `  ${mark} ${printable(proof.what)}: asked ${printable(proof.asked)}, answered ${printable(proof.answered)}`;
  });
  return [
    headLine(rotation, style),
    ...steps,
    ...proofs,
    ...reasonLines(rotation),
    ...lifeLines(rotation),
    ...nextLines(rotation),
  ];
}

/** Whoever puts it in the place of one that never expired has to know. */
function lifeLines({ newlyExpiresAt }: Rotation): string[] {
  return newlyExpiresAt === undefined
    ? []
    : [`  the new token expires on ${newlyExpiresAt.slice(0, 10)}; of the old one no expiry is known`];
}

/** One that is only planned, or was not begun after all, is in no journal: nobody finds it by its id. */
function isBegun({ steps }: Rotation): boolean {
  return steps.some((step) => step.state !== 'pending');
}

function headLine(rotation: Rotation, style: Style): string {
  const { id, token, replacement, state, receipt } = rotation;
  const tail = (text: string | undefined) => (text === undefined ? '' : ` (…${printable(text)})`);
  const to = replacement === undefined ? '' : ` -> ${shortId(replacement)}${tail(receipt?.new.tail)}`;
  const from = `${shortId(token)}${tail(receipt?.old.tail)}`;
  const title = isBegun(rotation) ? `rotation ${shortId(id)}` : 'not begun';
  return `${style.paint('strong', title)}  ${style.paint(stateTones[state], state)}  ${from}${to}`;
}

/** A step that failed has said the message already, and perhaps not the last one: no step fails by a restored backup. */
function reasonLines({ state, steps, error }: Rotation): string[] {
  if (error === undefined || state === 'abandoned') return [];
  const isSaid = steps.some((step) => step.state === 'failed' && step.detail === error.message);
  const hint = state === 'waiting' ? undefined : error.hint;
  return [
    ...(isSaid ? [] : [`  ${printable(error.message)}`]),
    ...(hint === undefined ? [] : [`  hint: ${printable(hint)}`]),
  ];
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

/** To resume one of these by its id is to say so. */
const decided: Record<Decision, string> = {
  restored:
    'resumed, it goes on from what the steps say: that is right where you have looked and CircleCI is no further',
  candidates: 'resumed, it keeps what CircleCI lists now, and creates another',
};

function nextLines(rotation: Rotation): string[] {
  const { state, retireDueAt, replacement, guide, error, decision } = rotation;
  const id = shortId(rotation.id);
  if (guide !== undefined) {
    const isRefused = state === 'waiting' && error !== undefined;
    return [
      `  open ${printable(guide.url)}`,
      `  ${printable(guide.line)}`,
      `  then: rondo rotation resume ${id} ${tellOptions[guide.act]}`,
      ...(state === 'needs-attention' || isRefused ? [`  have Rondo try again: rondo rotation resume ${id}`] : []),
      ...takeLines(rotation),
    ];
  }
  if (state === 'needs-attention') {
    return [
      ...(decision === undefined ? [] : [`  ${decided[decision]}`]),
      `  look at it: rondo rotation show ${id}; go on: rondo rotation resume ${id}; give it up: rondo rotation abandon ${id}`,
    ];
  }
  if (replacement === undefined) return [];
  const take = takeLines(rotation);
  if (!isWaitOver(rotation))
    return [...take, ...(state === 'waiting' && retireDueAt !== undefined ? [dueLine(id)] : [])];
  return [`  go on: rondo rotation resume ${id}`, ...take];
}

/** Whoever waited for the value to be taken has nothing to take any more, once that is over. */
function takeLines(rotation: Rotation): string[] {
  const { replacement, retire, state, guide } = rotation;
  const isTaken = retire === 'taken' && (state === 'done' || guide?.act === 'delete' || isWaitOver(rotation));
  return replacement === undefined || isTaken ? [] : [`  take the new value: rondo token take ${shortId(replacement)}`];
}

/** A command deletes nothing later than it ends, nor while it is asked for something else. */
function dueLine(id: string): string {
  return `  delete the old one once it is due: rondo rotation resume ${id}; by itself only the window does, open then or at its next unlock`;
}
