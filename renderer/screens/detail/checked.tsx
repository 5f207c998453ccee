import type { Token } from '../../../shared/contract/token.ts';
import { Note } from '../../parts/note.tsx';
import { isPast, type Standing } from '../../state/standing.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { asWholeSentence } from '../../text/sentence.ts';
import { checkedWords, checkWords } from '../../text/tokens.ts';

/** What CircleCI answered when it was last asked from here, as long as the token stands as it did then. */
export function Checked({ token, standing }: { token: Token; standing: Standing }) {
  const now = useNow();
  const view = useRondo((state) => state.checks.get(token.id));
  if (view?.is !== 'answered' || view.stood !== standing.is || isPast(token)) return null;
  const { state, reason } = view.check;
  return (
    <div className="pane-note">
      <Note
        title={checkWords[state]}
        tone={state === 'refused' ? 'danger' : state === 'failed' ? 'warn' : 'plain'}
        {...(state === 'works' ? { icon: 'done' } : state === 'not-checked' ? { icon: 'info' } : {})}
        live
      >
        {reason === undefined ? '' : `${asWholeSentence(reason)} `}
        {checkedWords(view.at, now)}
      </Note>
    </div>
  );
}
