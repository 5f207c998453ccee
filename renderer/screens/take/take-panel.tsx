import { type Ref, type RefObject, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { takeText } from '../../text/take.ts';
import { keyName, openDialogs } from '../frame/keys.ts';
import { ClipboardNote } from './clipboard-note.tsx';
import { type Revealed, useRevealed } from './use-revealed.ts';
import { ValueText } from './value-text.tsx';

interface TakePanelProps {
  readonly token: Token;
  /** What becomes of the old token of a rotation that waits for this value to be taken. */
  readonly then: 'deleted' | 'by-hand' | undefined;
  readonly copyRef?: Ref<HTMLButtonElement>;
  /** Makes the vault forget; a failure is for the panel to say. */
  readonly onDone: () => Promise<Failure | undefined>;
  readonly onLater?: () => void;
}

/** Copy-once: copy or reveal as often as needed, then say that it is done. Only that makes the vault forget. */
export function TakePanel({ token, then, copyRef, onDone, onLater }: TakePanelProps) {
  const copyPressed = useRondo((state) => state.copyPressed);
  const revealPressed = useRondo((state) => state.revealPressed);
  const clipboard = useRondo((state) => state.clipboard);
  const { revealed, reveal, mask } = useRevealed(() => revealPressed(token.id));
  const [seen, setSeen] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isKept = token.hasValue === 'kept';
  const isOnClipboard = clipboard.state === 'holding' && clipboard.token === token.id;

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
  useCopyKey(panel, copy);
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
      <p className="t2 take-about">{isKept ? takeText.kept : seen ? takeText.held : takeText.sealed}</p>
      {then === undefined ? null : (
        <p className="reasons-line">
          <Icon name="waits" small />
          <span>{takeText.waits[then]}</span>
        </p>
      )}
      <div className="take-end">
        <Button disabled={!seen} onClick={() => void done()}>
          {isKept ? takeText.doneKept : isEnding ? takeText.forgetting : takeText.done}
        </Button>
        {onLater === undefined ? null : (
          <Button look="quiet" keys="Esc" onClick={onLater}>
            {takeText.later}
          </Button>
        )}
      </div>
      <p className="hint">{!seen ? takeText.doneWhy : onLater === undefined ? takeText.leaveWhy : takeText.laterWhy}</p>
    </div>
  );
}

interface SealedProps {
  readonly token: Token;
  readonly revealed: Revealed | undefined;
}

function Sealed({ token, revealed }: SealedProps) {
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

/** What takes letters itself. A radio or a box does not, and only dialogs have any. */
const elsewhere = 'input, textarea, [role="menu"] *, [role="listbox"] *';

/**
 * C copies, and Ctrl+C where nothing is selected, while this panel is in sight: except into a field, a menu or a dialog that
 * is about something else.
 */
function useCopyKey(panel: RefObject<HTMLElement | null>, copy: () => Promise<void>) {
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (keyName(event) !== 'c' || event.altKey || event.defaultPrevented) return;
      // Words of the page that somebody has selected are copied as anywhere.
      if ((event.ctrlKey || event.metaKey) && document.getSelection()?.isCollapsed === false) return;
      if (event.target instanceof HTMLElement && event.target.matches(elsewhere)) return;
      // SECURITY: a rotation keeps its panel behind a dialog, and C there would copy a value that nobody sees.
      if (openDialogs().some((dialog) => !dialog.contains(panel.current))) return;
      event.preventDefault();
      void copy();
    }
    document.addEventListener('keydown', pressed, { capture: true });
    return () => document.removeEventListener('keydown', pressed, { capture: true });
  });
}
