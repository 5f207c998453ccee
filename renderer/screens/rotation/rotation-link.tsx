import type { Rotation } from '../../../shared/contract/rotation.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { rotationsText } from '../../text/rotation.ts';

/** A token's name in a table, which leads to its rotation. */
export function RotationLink({ rotation, label }: { rotation: Rotation; label: string }) {
  const went = useRondo((state) => state.went);
  return (
    <button
      type="button"
      className="row-link"
      aria-label={rotationsText.open(label)}
      onClick={() => went({ at: 'rotation', token: rotation.token, rotation: rotation.id })}
    >
      {label}
    </button>
  );
}
