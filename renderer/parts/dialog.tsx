import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, type RefObject, useState } from 'react';

interface DialogProps {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly badge?: ReactNode;
  readonly foot?: ReactNode;
  readonly small?: boolean;
  /** What has the focus first: the safe answer, or the field that is to be filled. */
  readonly first?: RefObject<HTMLElement | null>;
  /** Esc and a click outside mean no. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, about, badge, foot, small, first, onClose, children }: DialogProps) {
  // Taken before a field of the dialog takes the focus itself, which would else be remembered as what opened it.
  const [opener] = useState(() => document.activeElement);
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="viewport">
          <Base.Popup
            className={small ? 'dlg small' : 'dlg'}
            finalFocus={() => (opener instanceof HTMLElement && opener.isConnected ? opener : true)}
            {...(first === undefined ? {} : { initialFocus: first })}
          >
            <header>
              <div className="row-between">
                <Base.Title>{title}</Base.Title>
                {badge}
              </div>
              {about === undefined ? null : <Base.Description className="t2">{about}</Base.Description>}
            </header>
            <div className="body">{children}</div>
            {foot === undefined ? null : <footer>{foot}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** A dialog without head and foot: the palette. */
export function BareDialog({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="viewport">
          <Base.Popup className="dlg pal" aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
