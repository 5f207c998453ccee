import type { Proof, Rotation } from '../../../shared/contract/rotation.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { lateTokensOf } from '../../../shared/late-token.ts';
import { Note } from '../../parts/note.tsx';
import { isPast } from '../../state/standing.ts';
import { rotationText } from '../../text/rotation.ts';
import { asWholeSentence } from '../../text/sentence.ts';

/** A live token whose value nobody may have, until the inventory has it as gone. */
export function LateTokens({ rotation, tokens }: { rotation: Rotation; tokens: readonly Token[] }) {
  const isOver = ({ answered }: Proof) => {
    const named = tokens.filter(({ remoteId }) => remoteId !== undefined && answered.includes(remoteId));
    return named.length > 0 && named.every(isPast);
  };
  const late = lateTokensOf(rotation).filter((proof) => !isOver(proof));
  if (late.length === 0) return null;
  return (
    <div className="attention">
      {late.map(({ answered }) => (
        <Note key={answered} tone="warn" title={rotationText.late}>
          {asWholeSentence(answered)}
        </Note>
      ))}
    </div>
  );
}
