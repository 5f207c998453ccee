import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useIsThere } from '../../parts/use-is-there.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { besidesOf } from '../../state/ways.ts';
import { recoveryText as words } from '../../text/recovery.ts';
import { ValueText } from '../take/value-text.tsx';
import { PasswordDialog } from './password-dialog.tsx';

export function RecoveryDialog({ act }: { act: 'make' | 'remove' }) {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const besides = useRondo((state) => besidesOf(state.ways));
  const recoveryCodeWanted = useRondo((state) => state.recoveryCodeWanted);
  const recoveryCodeRemoved = useRondo((state) => state.recoveryCodeRemoved);
  const [code, setCode] = useState<Uint8Array>();
  const print = useRef<HTMLButtonElement>(null);
  const isThere = useIsThere();
  useEffect(() => {
    if (code === undefined) return undefined;
    return () => void code.fill(0);
  }, [code]);

  async function made(password: Uint8Array): Promise<Failure | undefined> {
    const answer = await recoveryCodeWanted(password);
    if (!answer.ok) return answer.error;
    if (isThere.current) setCode(answer.value.recoveryCode);
    // Locked meanwhile: nobody would overwrite it.
    else answer.value.recoveryCode.fill(0);
    return undefined;
  }

  async function removed(password: Uint8Array): Promise<Failure | undefined> {
    const done = { title: words.removed, text: words.removedAbout[besides], when: 'always' } as const;
    return dialogActed(() => recoveryCodeRemoved(password), done);
  }

  if (code !== undefined) return shown(code, print, closed);
  return (
    <PasswordDialog
      title={words.title[act]}
      about={act === 'make' ? words.about.make : words.about.remove[besides]}
      words={words}
      act={{
        label: act === 'make' ? words.make : words.remove,
        asking: words.asking[act],
        look: act === 'make' ? 'primary' : 'danger-fill',
      }}
      onPassword={act === 'make' ? made : removed}
      onClose={closed}
    />
  );
}

/**
 * Takes the place of the dialog that asked for the password. Printed, it is this sheet alone: see print.css.
 *
 * There is no Copy. What is copied goes from the core to the clipboard without the page, and of the code the core keeps
 * nothing: it would have to hold what opens the vault for as long as this is open. On paper it is safe from this computer.
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
        <ValueText bytes={code} />
      </div>
      <p className="t2">{words.paper}</p>
    </Dialog>
  );
}
