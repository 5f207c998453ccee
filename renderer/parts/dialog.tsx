import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { type Focusable, useDialogFocus } from './use-dialog-focus.ts';

interface DialogProps {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly badge?: ReactNode;
  readonly foot?: ReactNode;
  readonly small?: boolean;
  /** What has the focus first: the safe answer, or the field that is to be filled. */
  readonly first: Focusable;
  /** Esc and a click outside mean no. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, about, badge, foot, small, first, onClose, children }: DialogProps) {
  return (
    <Modal className={small ? 'dlg small' : 'dlg'} first={first} onClose={onClose}>
      <header>
        <div className="row-between">
          <Base.Title>{title}</Base.Title>
          {badge}
        </div>
        {about === undefined ? null : <Base.Description className="t2">{about}</Base.Description>}
      </header>
      <div className="body">{children}</div>
      {foot === undefined ? null : <footer>{foot}</footer>}
    </Modal>
  );
}

interface BareDialogProps extends Pick<DialogProps, 'first' | 'onClose' | 'children'> {
  readonly label: string;
}

/** A dialog without head and foot: the palette. */
export function BareDialog({ label, ...rest }: BareDialogProps) {
  return <Modal className="dlg pal" label={label} {...rest} />;
}

interface ModalProps extends Pick<DialogProps, 'first' | 'onClose' | 'children'> {
  readonly className: string;
  /** Where it has no title. */
  readonly label?: string;
}

function Modal({ className, label, first, onClose, children }: ModalProps) {
  const popup = useDialogFocus(first);
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="viewport">
          {/* Base UI itself would move the focus a frame later, and a key that comes first would be the page's. */}
          <Base.Popup ref={popup} className={className} aria-label={label} initialFocus={false} finalFocus={false}>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
