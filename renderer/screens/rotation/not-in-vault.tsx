import { Button } from '../../parts/button.tsx';
import { EmptyRuler } from '../../parts/empty-ruler.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { rotationText } from '../../text/rotation.ts';

/** Where a rotation or a job was: a backup from before it has taken the vault's place. */
export function NotInVault({ sentence }: { sentence: string }) {
  const went = useRondo((state) => state.went);
  return (
    <div className="nothing">
      <EmptyRuler />
      <h1>{sentence}</h1>
      <Button onClick={() => went({ at: 'rotations' })}>{rotationText.missingAct}</Button>
    </div>
  );
}
