import { useRef } from 'react';
import { Note } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { frameText } from '../../text/frame.ts';

/** Whoever starts Rondo for another vault gets this window, and is told so wherever it stands. */
export function OtherVault() {
  const wanted = useRondo((state) => state.door?.otherVault);
  const path = useRondo((state) => ('path' in state.vault ? state.vault.path : undefined));
  const otherVaultSeen = useRondo((state) => state.otherVaultSeen);
  const note = useRef<HTMLDivElement>(null);
  if (wanted === undefined) return null;
  function putAway() {
    // The button goes with its message.
    note.current?.closest('main')?.focus();
    void otherVaultSeen();
  }
  return (
    <Note
      ref={note}
      tone="warn"
      title={frameText.otherVault}
      live
      close={{ label: frameText.closeNote, onClose: putAway }}
    >
      <p className="wrap">
        {frameText.wantedVault(wanted)} {path === undefined ? null : frameText.shownVault(path)}
      </p>
      <p>
        {frameText.otherVaultHint} <span className="mono">{frameText.ownSettings}</span>
      </p>
    </Note>
  );
}
