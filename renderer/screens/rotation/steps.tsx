import type { ReactNode } from 'react';
import type { Proof, Rotation, Step } from '../../../shared/contract/rotation.ts';
import { proofAbout, proofsOf } from '../../../shared/proofs-of.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { passesByItself } from '../../state/waits.ts';
import { duration, exactTime } from '../../text/dates.ts';
import { rotationText } from '../../text/rotation.ts';
import { asSentence } from '../../text/sentence.ts';
import { isLeftUndone, stepSays, stepWords } from '../../text/steps.ts';
import { stepDurationMs } from './timeline.ts';

const icons: Readonly<Record<Step['state'], { readonly icon: IconName; readonly look: string }>> = {
  pending: { icon: 'pending', look: '' },
  running: { icon: 'busy', look: 'acc turning' },
  waiting: { icon: 'waits', look: 'warnc' },
  done: { icon: 'done', look: 'ok' },
  skipped: { icon: 'revoked', look: 't3' },
  failed: { icon: 'failed', look: 'dang' },
};

interface StepsProps {
  readonly rotation: Rotation;
  readonly now: number;
  /** What a person has to do for the step that it stands at. */
  readonly children?: ReactNode;
}

/** Neither done nor to come. */
const undone: (typeof icons)[Step['state']] = { icon: 'none', look: 't3' };

/** Nobody has to do anything for it. */
const timed: (typeof icons)[Step['state']] = { icon: 'clock', look: 'acc' };

/** Proof beside the claim: what was asked, what answered, at what second, how long it took. */
export function Steps({ rotation, now, children }: StepsProps) {
  const current = rotation.steps.find(({ state }) => state === 'waiting' || state === 'failed');
  return (
    <ol className="steps" aria-label={rotationText.steps}>
      {rotation.steps.map((step) => (
        <StepRow key={step.name} step={step} rotation={rotation} now={now}>
          {step === current ? children : null}
        </StepRow>
      ))}
    </ol>
  );
}

function StepRow({ step, rotation, now, children }: StepsProps & { readonly step: Step }) {
  const isUndone = isLeftUndone(step, rotation);
  const { icon, look } = isUndone
    ? undone
    : step.state === 'waiting' && passesByItself(rotation)
      ? timed
      : icons[step.state];
  const isCurrent = !isUndone && (step.state === 'running' || step.state === 'waiting' || step.state === 'failed');
  const tookMs = stepDurationMs(rotation, step, now);
  const proofs = proofsOfStep(rotation, step);
  return (
    <li className={`step ${isUndone ? 'undone' : step.state === 'pending' ? 'wait' : ''} ${isCurrent ? 'now' : ''}`}>
      <Icon name={icon} className={look} />
      <span className="nm">{stepWords[step.name]}</span>
      <div>
        {children === null && proofs.length === 0 ? <Said words={stepSays(step, rotation)} /> : null}
        {proofs.map((proof) => (
          <p key={`${proof.what}${proof.at}`} className="proof">
            <Icon {...proofIcon(proof)} small />
            <span>
              <Said words={`${asSentence(proof.asked)}: ${proof.answered}`} />
            </span>
          </p>
        ))}
        {children}
      </div>
      {step.at === undefined || step.state === 'pending' || isUndone ? (
        <span />
      ) : (
        <time dateTime={step.at}>{exactTime(step.at)}</time>
      )}
      <span className="dur">{tookMs === undefined ? '' : duration(tookMs)}</span>
    </li>
  );
}

function proofIcon({ what, ok }: Proof): { readonly name: IconName; readonly className: string } {
  if (ok) return { name: 'check', className: 'ok' };
  return what === proofAbout.noOtherMade ? { name: 'warning', className: 'warnc' } : { name: 'info', className: 't3' };
}

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const verbatim = new RegExp(`^(GET [^\\s,:]+)|\\b(${id})\\b`);

/** A request looks like one; of a long id, the beginning tells it from others. */
function Said({ words }: { words: string }) {
  const [before = '', request, long, ...after] = words.split(verbatim);
  if (after.length === 0) return before;
  return (
    <>
      {before}
      <span className="ans" title={long}>
        {request ?? long?.slice(0, 8)}
      </span>
      <Said words={after.join('')} />
    </>
  );
}

/** The proofs belong to the step that asked: all before the old token went prove the new one. */
function proofsOfStep(rotation: Rotation, step: Step): readonly Proof[] {
  if (step.state !== 'done' || (step.name !== 'prove-new' && step.name !== 'prove-old-gone')) return [];
  return proofsOf(rotation).filter(({ what }) => what.startsWith('the old') === (step.name === 'prove-old-gone'));
}
