import type { Rotation } from '../../../shared/contract/rotation.ts';
import { type OldTokenFate, oldTokenFate } from '../../../shared/old-token-fate.ts';
import { Icon } from '../../parts/icon.tsx';
import { rotationText } from '../../text/rotation.ts';

interface IfItStopsProps {
  readonly rotation: Rotation;
  /** The vault holds the new value. */
  readonly isHeld: boolean;
}

export function IfItStops({ rotation, isHeld }: IfItStopsProps) {
  const words = rotationText.safe;
  const at = rotation.steps.findIndex(({ state }) => state !== 'done' && state !== 'skipped');
  const hasNew = rotation.replacement !== undefined;
  const isAnAct = rotation.guide !== undefined;
  const lines = [
    ...bothStand(oldTokenFate(rotation), hasNew),
    ...(isHeld ? [words.sealed] : []),
    isAnAct ? words.comesBack(at + 1) : words.goesOn(at + 1),
  ];
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

function bothStand(old: OldTokenFate, hasNew: boolean): string[] {
  const words = rotationText.safe;
  switch (old) {
    case 'there':
      return [hasNew ? words.both : words.old];
    case 'unclear':
      return [hasNew ? words.maybeNew : words.maybeNone];
    case 'unproved':
      return [hasNew ? words.saidNew : words.saidNone];
    case 'deleted':
      return hasNew ? [] : [words.none];
  }
}
