import { type ReactNode, useId, useRef } from 'react';
import { BusyForm } from './busy-form.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import type { IconName } from './icon.tsx';
import type { Focusable } from './use-dialog-focus.ts';

interface FormDialogProps {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly badge?: ReactNode;
  readonly small?: boolean;
  /** What the foot says beside the buttons. */
  readonly aside?: ReactNode;
  /** What has the focus first: `safe`, the button that does nothing, or a field. */
  readonly first: 'safe' | Focusable;
  /** The words of the button that does nothing. */
  readonly safe: string;
  readonly act: {
    readonly label: string;
    readonly look?: 'primary' | 'danger-fill';
    readonly icon?: IconName;
    /** Absent: nothing has to be typed or chosen first. */
    readonly disabled?: boolean;
    readonly busy: boolean;
  };
  /** While it acts nothing closes it: the act cannot be taken back, takes a moment, and is told here only. */
  readonly holds?: boolean;
  /** Enter in a field asks for it as well. */
  readonly onSubmit: () => Promise<void> | void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that is filled in: its foot has the safe button, then the one that acts. */
export function FormDialog(props: FormDialogProps) {
  const { aside, first, safe, act, holds = false, onSubmit, onClose, children, ...head } = props;
  const { look = 'primary', label, ...acting } = act;
  const isHeld = holds && act.busy;
  const safeButton = useRef<HTMLButtonElement>(null);
  const formId = useId();
  return (
    <Dialog
      {...head}
      first={first === 'safe' ? safeButton : first}
      onClose={isHeld ? nothing : onClose}
      foot={
        <>
          {aside}
          <span className="sp" />
          <Button ref={safeButton} busy={isHeld} onClick={onClose}>
            {safe}
          </Button>
          <Button
            {...acting}
            type="submit"
            form={formId}
            look={look}
            {...(look === 'primary' ? { keys: 'Enter' } : {})}
          >
            {label}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <BusyForm value={act.busy}>{children}</BusyForm>
      </form>
    </Dialog>
  );
}

function nothing(): void {}
