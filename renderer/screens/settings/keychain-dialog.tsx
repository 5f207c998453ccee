import { type FormEvent, useId, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { keychainText as words } from '../../text/keychain.ts';

/** The password is asked for although the vault is open: whoever finds it open must not make a way in for himself. */
export function KeychainDialog({ act }: { act: 'on' | 'off' }) {
  const closed = useRondo((state) => state.closed);
  const noteShown = useRondo((state) => state.noteShown);
  const turned = useRondo((state) => (act === 'on' ? state.keychainTurnedOn : state.keychainTurnedOff));
  const field = useRef<SecretHandle>(null);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const formId = useId();

  async function submitted(event: FormEvent) {
    event.preventDefault();
    if (isAsking) return;
    setAsking(true);
    const failed = await turned(field.current?.take() ?? new Uint8Array());
    setAsking(false);
    if (failed !== undefined) {
      setFailure(failed);
      return field.current?.focus();
    }
    closed();
    noteShown({ tone: 'plain', title: words.done[act], text: words.doneAbout });
  }

  return (
    <Dialog
      small
      title={words.title[act]}
      about={words.about[act]}
      onClose={closed}
      foot={
        <>
          <span className="sp" />
          <Button onClick={closed}>{words.cancel}</Button>
          <Button look={act === 'on' ? 'primary' : 'danger-fill'} type="submit" form={formId} disabled={isAsking}>
            {isAsking ? words.asking : words.act[act]}
          </Button>
        </>
      }
    >
      <form id={formId} className="stack" onSubmit={(event) => void submitted(event)}>
        <SecretField
          ref={field}
          label={words.password}
          words={{ show: words.show, hide: words.hide }}
          autoComplete="current-password"
          autoFocus
        />
        {failure === undefined ? null : (
          <Note tone="danger" title={failure.message} live>
            {failure.hint}
          </Note>
        )}
      </form>
    </Dialog>
  );
}
