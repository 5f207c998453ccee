import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { recoveryText as words } from '../../text/recovery.ts';
import { ValueText } from '../take/value-text.tsx';

/** The password is asked for although the vault is open: whoever finds it open must not make a way in for himself. */
export function RecoveryDialog({ act }: { act: 'make' | 'remove' }) {
  const closed = useRondo((state) => state.closed);
  const noteShown = useRondo((state) => state.noteShown);
  const recoveryCodeWanted = useRondo((state) => state.recoveryCodeWanted);
  const recoveryCodeRemoved = useRondo((state) => state.recoveryCodeRemoved);
  const field = useRef<SecretHandle>(null);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [code, setCode] = useState<Uint8Array>();
  const print = useRef<HTMLButtonElement>(null);
  const isThere = useRef(true);
  const formId = useId();
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  useEffect(() => {
    if (code === undefined) return undefined;
    print.current?.focus();
    return () => void code.fill(0);
  }, [code]);

  async function submitted(event: FormEvent) {
    event.preventDefault();
    if (isAsking) return;
    const password = field.current?.take() ?? new Uint8Array();
    setAsking(true);
    const failed = await (act === 'make' ? made(password) : recoveryCodeRemoved(password));
    setAsking(false);
    if (failed !== undefined) {
      setFailure(failed);
      return field.current?.focus();
    }
    if (act === 'make') return;
    closed();
    noteShown({ tone: 'plain', title: words.removed, text: words.removedAbout });
  }

  async function made(password: Uint8Array): Promise<Failure | undefined> {
    const answer = await recoveryCodeWanted(password);
    if (!answer.ok) return answer.error;
    // Closed meanwhile: nobody would see it, and nobody would overwrite it.
    if (isThere.current) setCode(answer.value.recoveryCode);
    else answer.value.recoveryCode.fill(0);
    return undefined;
  }

  if (code !== undefined) return shown(code, print, closed);
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
          <Button look={act === 'make' ? 'primary' : 'danger-fill'} type="submit" form={formId} disabled={isAsking}>
            {isAsking ? words.making : act === 'make' ? words.make : words.remove}
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

const asItIs = (code: string) => code;

/**
 * The same dialog, which the code has come into: a second one would fight with the first for the focus. Printed, it is this
 * sheet alone: see print.css.
 */
function shown(code: Uint8Array, print: RefObject<HTMLButtonElement | null>, onClose: () => void) {
  return (
    <Dialog
      small
      title={words.shownTitle}
      about={words.shownAbout}
      first={print}
      onClose={onClose}
      foot={
        <>
          <Button ref={print} onClick={() => window.print()}>
            {words.print}
          </Button>
          <span className="sp" />
          <Button look="primary" onClick={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: an output would be read aloud, letter by letter */}
      <div className="seal open code" role="group" aria-label={words.code}>
        <ValueText bytes={code} wording={asItIs} />
      </div>
      <p className="t2">{words.paper}</p>
    </Dialog>
  );
}
