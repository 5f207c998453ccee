import { type ReactNode, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';

interface PasswordDialogProps {
  readonly title: string;
  readonly about: string;
  readonly words: { readonly password: string; readonly show: string; readonly hide: string; readonly cancel: string };
  readonly act: { readonly label: string; readonly asking: string; readonly look: 'primary' | 'danger-fill' };
  /** Overwrites the bytes. What it fails with is told here, and the dialog stays. */
  readonly onPassword: (password: Uint8Array) => Promise<Failure | undefined>;
  readonly onClose: () => void;
  /** Where more than a password is asked: then the safe button has the focus, and only `isArmed` lets the other go. */
  readonly careful?: { readonly before: ReactNode; readonly after: ReactNode; readonly isArmed: boolean };
}

/** The password is asked for although the vault is open: whoever finds it open must not make a way in for himself. */
export function PasswordDialog({ title, about, words, act, onPassword, onClose, careful }: PasswordDialogProps) {
  const field = useRef<SecretHandle>(null);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isArmed = careful?.isArmed ?? true;

  async function submitted() {
    if (isAsking || !isArmed) return;
    setAsking(true);
    const failed = await onPassword(field.current?.take() ?? new Uint8Array());
    setAsking(false);
    setFailure(failed);
    if (failed !== undefined) field.current?.focus();
  }

  return (
    <FormDialog
      small
      title={title}
      about={about}
      first={careful === undefined ? field : 'safe'}
      safe={words.cancel}
      act={{ label: isAsking ? act.asking : act.label, look: act.look, disabled: !isArmed, busy: isAsking }}
      holds
      onSubmit={submitted}
      onClose={onClose}
    >
      {careful?.before}
      <SecretField
        ref={field}
        label={words.password}
        words={{ show: words.show, hide: words.hide }}
        autoComplete="current-password"
      />
      {careful?.after}
      <FailureNote failure={failure} />
    </FormDialog>
  );
}
