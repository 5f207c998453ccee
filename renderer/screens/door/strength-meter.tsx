import { Ticks } from '../../parts/ticks.tsx';
import { strengthText } from '../../text/door.ts';
import type { Strength } from './strength.ts';

/** Ten ticks and a sentence: honest about what is weak, and silent about what nobody can know. */
export function StrengthMeter({ strength }: { strength: Strength }) {
  const isCalm = strength.kind === 'fair' || strength.kind === 'empty';
  return (
    <div className="strength">
      <Ticks
        label={strengthText.label}
        looks={Array.from({ length: 10 }, (_, index) =>
          index >= strength.ticks ? 'waits' : strength.kind === 'fair' ? 'past' : 'attention',
        )}
      />
      <p className={isCalm ? 'hint' : 'hint warnc'} aria-live="polite">
        {strength.words}
      </p>
    </div>
  );
}
