import type { Token } from '../../../shared/contract/token.ts';
import { Note } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { asWholeSentence } from '../../text/sentence.ts';
import { checkWords } from '../../text/tokens.ts';

/** What CircleCI answered when it was last asked from here. */
export function Checked({ token }: { token: Token }) {
  const view = useRondo((state) => state.checks.get(token.id));
  if (view?.is !== 'answered') return null;
  const { state, reason } = view.check;
  return (
    <div className="pane-note">
      <Note
        title={checkWords[state]}
        tone={state === 'refused' ? 'danger' : state === 'failed' ? 'warn' : 'plain'}
        {...(state === 'works' ? { icon: 'done' } : state === 'not-checked' ? { icon: 'info' } : {})}
        live
      >
        {reason === undefined ? undefined : asWholeSentence(reason)}
      </Note>
    </div>
  );
}
