import { useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { passwordText } from '../../text/acts.ts';
import { strengthOf } from '../door/strength.ts';
import { StrengthMeter } from '../door/strength-meter.tsx';

/** The current password is asked for although the vault is open: whoever finds it open must not lock its owner out. */
export function ChangePassword() {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const passwordReplaced = useRondo((state) => state.passwordReplaced);
  const fields = {
    current: useRef<SecretHandle>(null),
    next: useRef<SecretHandle>(null),
    again: useRef<SecretHandle>(null),
  };
  const [strength, setStrength] = useState(() => strengthOf(''));
  const [isChanging, setChanging] = useState(false);
  const [failure, setFailure] = useState<Pick<Failure, 'message' | 'hint'>>();

  async function submitted() {
    if (isChanging) return;
    const current = fields.current.current?.take() ?? new Uint8Array();
    const next = fields.next.current?.take() ?? new Uint8Array();
    const again = fields.again.current?.take() ?? new Uint8Array();
    const isSame = next.length === again.length && next.every((byte, index) => byte === again[index]);
    again.fill(0);
    if (next.length === 0 || !isSame) {
      current.fill(0);
      next.fill(0);
      fields.current.current?.focus();
      return setFailure({ message: isSame ? passwordText.empty : passwordText.different });
    }
    setChanging(true);
    const refused = await dialogActed(() => passwordReplaced(current, next), {
      title: passwordText.done,
      text: passwordText.doneAbout,
      when: 'always',
    });
    setChanging(false);
    if (refused !== undefined) fields.current.current?.focus();
    setFailure(refused);
  }

  const words = { show: passwordText.show, hide: passwordText.hide };
  return (
    <FormDialog
      small
      title={passwordText.title}
      about={passwordText.about}
      first={fields.current}
      safe={passwordText.cancel}
      act={{ label: isChanging ? passwordText.changing : passwordText.act, busy: isChanging }}
      holds
      onSubmit={submitted}
      onClose={closed}
    >
      <SecretField ref={fields.current} label={passwordText.current} words={words} autoComplete="current-password" />
      <div>
        <SecretField
          ref={fields.next}
          label={passwordText.next}
          words={words}
          autoComplete="new-password"
          onLook={(text) => setStrength(strengthOf(text))}
        />
        <StrengthMeter strength={strength} />
      </div>
      <SecretField ref={fields.again} label={passwordText.again} words={words} autoComplete="new-password" />
      <FailureNote failure={failure} />
    </FormDialog>
  );
}
