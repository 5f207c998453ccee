import { useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { keySheet } from '../../text/frame.ts';

export function KeySheet() {
  const closed = useRondo((state) => state.closed);
  const first = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      small
      title={keySheet.title}
      first={first}
      onClose={closed}
      foot={
        <>
          <span className="t3">{keySheet.mac}</span>
          <span className="sp" />
          <Button ref={first} onClick={closed}>
            {keySheet.close}
          </Button>
        </>
      }
    >
      <dl className="keysheet">
        {keySheet.keys.map(([what, keys]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
