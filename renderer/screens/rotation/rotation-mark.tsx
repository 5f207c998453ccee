import type { Rotation, RotationState } from '../../../shared/contract/rotation.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { passesByItself, waitOf } from '../../state/waits.ts';
import { exactTime } from '../../text/dates.ts';
import { rotationStates, rotationText } from '../../text/rotation.ts';

const looks: Readonly<Record<RotationState, { readonly icon: IconName; readonly look: string }>> = {
  planned: { icon: 'pending', look: '' },
  running: { icon: 'rotate', look: 'live' },
  waiting: { icon: 'waits', look: 'warn' },
  done: { icon: 'done', look: 'ok' },
  'needs-attention': { icon: 'warning', look: 'danger' },
  failed: { icon: 'failed', look: 'danger' },
  abandoned: { icon: 'revoked', look: 'dim' },
};

export function RotationMark({ rotation, untimed }: { rotation: Rotation; untimed?: boolean }) {
  // Nobody has to do anything: time passes by itself.
  const isTimed = passesByItself(rotation);
  const { icon, look } = isTimed ? { icon: 'clock' as const, look: '' } : looks[rotation.state];
  const at = rotation.finishedAt === undefined || untimed ? '' : ` ${exactTime(rotation.finishedAt)}`;
  return (
    <span className={`state ${look}`}>
      <Icon name={icon} small />
      {isTimed ? byItself(rotation) : rotationStates[rotation.state]}
      {at}
    </span>
  );
}

function byItself(rotation: Rotation): string {
  return waitOf(rotation) === 'over' ? rotationText.goesOn : rotationText.untilTime;
}
