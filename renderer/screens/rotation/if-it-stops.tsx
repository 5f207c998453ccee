import type { Rotation } from '../../../shared/contract/rotation.ts';
import { Icon } from '../../parts/icon.tsx';
import { bothTokens, type Known } from '../../state/both-tokens.ts';
import { rotationText } from '../../text/rotation.ts';
import { standSaid } from '../../text/stands.ts';

interface IfItStopsProps {
  readonly rotation: Rotation;
  readonly known: Known;
  /** The vault holds the new value. */
  readonly isHeld: boolean;
}

export function IfItStops({ rotation, known, isHeld }: IfItStopsProps) {
  const words = rotationText.safe;
  const at = rotation.steps.findIndex(({ state }) => state !== 'done' && state !== 'skipped');
  // What waits for its time or for its value to be taken goes on by itself; what runs is resumed after a crash.
  const then =
    rotation.guide !== undefined ? words.comesBack : rotation.state === 'waiting' ? words.goesOn : words.resumed;
  const lines = [standSaid(bothTokens(rotation, known)), ...(isHeld ? [words.sealed] : []), then(at + 1)];
  return (
    <section>
      <h2 className="part">{rotationText.ifStops}</h2>
      <ul className="plain">
        {lines.map((line) => (
          <li key={line}>
            <Icon name="check" small />
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
