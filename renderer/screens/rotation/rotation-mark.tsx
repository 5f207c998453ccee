import type { Rotation, RotationState } from '../../../shared/contract/rotation.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { exactTime } from '../../text/dates.ts';
import { rotationStates } from '../../text/rotation.ts';

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
  const { icon, look } = looks[rotation.state];
  const at = rotation.finishedAt === undefined || untimed ? '' : ` ${exactTime(rotation.finishedAt)}`;
  return (
    <span className={`state ${look}`}>
      <Icon name={icon} small />
      {rotationStates[rotation.state]}
      {at}
    </span>
  );
}
