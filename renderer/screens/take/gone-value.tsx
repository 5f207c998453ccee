import type { Token } from '../../../shared/contract/token.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { isPast } from '../../state/standing.ts';
import { takeText } from '../../text/take.ts';

interface GoneValueProps {
  readonly token: Token;
  readonly onClose: (() => void) | undefined;
}

/** Somebody else took the value, or deleted its token, while it was offered here. */
export function GoneValue({ token, onClose }: GoneValueProps) {
  const words = takeText.gone;
  return (
    <>
      <Note icon="info" title={words.title} live>
        {isPast(token) ? words.deleted : words.taken}
      </Note>
      {onClose === undefined ? null : (
        <div className="take-end">
          <Button onClick={onClose}>{words.close}</Button>
        </div>
      )}
    </>
  );
}
