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
  const [around] = useState(() => opener?.parentElement);
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="viewport">
          <Base.Popup
            className={small ? 'dlg small' : 'dlg'}
            // What was agreed to may have taken the opener away: then what stands in its place has the focus.
            finalFocus={() => [opener, around].find(isThere) ?? true}
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

function isThere(element: Element | null | undefined): element is HTMLElement {
  return element instanceof HTMLElement && element.checkVisibility();
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
