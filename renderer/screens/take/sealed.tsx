import type { Token } from '../../../shared/contract/token.ts';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../state/use-rondo.tsx';
import { takeText } from '../../text/take.ts';
import type { Revealed } from './use-revealed.ts';
import { ValueText } from './value-text.tsx';

interface SealedProps {
  readonly token: Token;
  readonly revealed: Revealed | undefined;
}

export function Sealed({ token, revealed }: SealedProps) {
  const now = useNow(revealed === undefined ? 60_000 : 250);
  if (revealed !== undefined) {
    return (
      <div>
        {/* biome-ignore lint/a11y/useSemanticElements: an output would be read aloud, letter by letter */}
        <div className="seal open" role="group" aria-label={takeText.revealed}>
          <ValueText bytes={revealed.bytes} />
        </div>
        <p className="hint">{takeText.masksIn(revealed.masksAtMs - now)}</p>
      </div>
    );
  }
  return (
    <div className="seal">
      <Icon name="sealed" small />
      <span className="dots" aria-hidden="true">
        {'\u2022'.repeat(21)}
      </span>
      <span className="sr">{takeText.hidden}</span>
      {token.tail === undefined ? null : (
        <span>
          <span className="sr">{takeText.tail('')}</span>
          {token.tail}
        </span>
      )}
    </div>
  );
}
