import { type Ref, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { takeText } from '../../text/take.ts';
import { ClipboardNote } from './clipboard-note.tsx';
import { GoneValue } from './gone-value.tsx';
import { Sealed } from './sealed.tsx';
import { useCopyKey } from './use-copy-key.ts';
import { useRevealed } from './use-revealed.ts';

interface TakePanelProps {
  readonly token: Token;
  /** Once already: its rotation, which is open, ends it whatever is done here. */
  readonly isTaken: boolean;
  /** What becomes of the old token of a rotation that waits for this value to be taken. */
  readonly then: 'deleted' | 'by-hand' | undefined;
  readonly copyRef?: Ref<HTMLButtonElement>;
  /** Makes the vault forget; a failure is for the panel to say. */
  readonly onDone: () => Promise<Failure | undefined>;
  readonly onLater?: () => void;
}

/** Copy-once: copy or reveal as often as needed, then say that it is done. Only that makes the vault forget. */
export function TakePanel({ token, isTaken, then, copyRef, onDone, onLater }: TakePanelProps) {
  const copyPressed = useRondo((state) => state.copyPressed);
  const revealPressed = useRondo((state) => state.revealPressed);
  const clipboard = useRondo((state) => state.clipboard);
  const { revealed, reveal, mask } = useRevealed(() => revealPressed(token.id));
  const [seen, setSeen] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isOnClipboard = clipboard.state === 'holding' && clipboard.token === token.id;
  // The vault lets go of it a moment before it is done here.
  const isGone = token.hasValue === 'none' && !isEnding;
  const words = wordsFor({ token, isTaken, seen, isInDialog: onLater !== undefined });

  async function copy(as?: 'badge') {
    const failed = await copyPressed(token.id, as);
    setFailure(failed);
    if (failed === undefined) setSeen(true);
  }

  async function show() {
    if (revealed !== undefined) return mask();
    const outcome = await reveal();
    setFailure(typeof outcome === 'string' ? undefined : outcome);
    // What nobody saw is not done with.
    if (outcome === 'shown') setSeen(true);
  }

  async function done() {
    if (isEnding) return;
    mask();
    setEnding(true);
    setFailure(await onDone());
    setEnding(false);
  }

  const panel = useRef<HTMLDivElement>(null);
  useCopyKey(panel, isGone ? undefined : copy);
  // Not onto Close: a key that was meant for Copy would end the last sight of it.
  useFocusKept(panel, isGone);
  if (isGone) {
    return (
      <div ref={panel} className="take" tabIndex={-1}>
        {revealed === undefined ? null : <Sealed token={token} revealed={revealed} />}
        {isOnClipboard ? <ClipboardNote token={token.id} /> : null}
        <GoneValue token={token} onClose={onLater} />
      </div>
    );
  }
  return (
    <div ref={panel} className="take">
      <Sealed token={token} revealed={revealed} />
      <div className="take-acts">
        <Button
          ref={copyRef}
          look="primary"
          large
          wide
          icon="copy"
          keys="C"
          aria-keyshortcuts="c"
          onClick={() => void copy()}
        >
          {isOnClipboard ? takeText.copyAgain : takeText.copy}
        </Button>
        <Button large icon={revealed === undefined ? 'reveal' : 'hide'} onClick={() => void show()}>
          {revealed === undefined ? takeText.reveal : takeText.hide}
        </Button>
      </div>
      {token.scope === 'status' ? (
        <p className="hint">
          <button type="button" className="link" onClick={() => void copy('badge')}>
            {takeText.badge}
          </button>{' '}
          {takeText.badgeAbout}
        </p>
      ) : null}
      <ClipboardNote token={token.id} />
      <FailureNote failure={failure} />
      <p className="t2 take-about">{words.about}</p>
      {then === undefined ? null : (
        <p className="reasons-line">
          <Icon name="waits" small />
          <span>{takeText.waits[then]}</span>
        </p>
      )}
      <div className="take-end">
        <Button disabled={!seen} onClick={() => void done()}>
          {isEnding ? words.ending : words.done}
        </Button>
        {onLater === undefined ? null : (
          <Button look="quiet" keys="Esc" onClick={onLater}>
            {takeText.later}
          </Button>
        )}
      </div>
      {words.hint === undefined ? null : <p className="hint">{words.hint}</p>}
    </div>
  );
}

interface Standing extends Pick<TakePanelProps, 'token' | 'isTaken'> {
  readonly seen: boolean;
  readonly isInDialog: boolean;
}

/** No promise of a value that stays or ends whatever is done here. */
function wordsFor({ token, isTaken, seen, isInDialog }: Standing) {
  const { doneKept, doneTaken, forgetting, doneFirst, doneWhy, laterWhy, leaveWhy } = takeText;
  const first = seen ? undefined : doneFirst;
  if (token.hasValue === 'kept') return { about: takeText.kept, done: doneKept, ending: doneKept, hint: first };
  if (isTaken) return { about: takeText.taken, done: doneTaken, ending: doneTaken, hint: first };
  const hint = !seen ? doneWhy : isInDialog ? laterWhy : leaveWhy;
  return { about: seen ? takeText.held : takeText.sealed, done: takeText.done, ending: forgetting, hint };
}
