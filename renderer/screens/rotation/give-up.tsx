import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { rotationText } from '../../text/rotation.ts';

interface GiveUpProps {
  readonly rotation: Id;
  readonly label: string;
  readonly onClose: () => void;
}

/** What would be left behind, in the core's own words; the safe button has the focus. */
export function GiveUpDialog({ rotation, label, onClose }: GiveUpProps) {
  const givenUp = useRondo((state) => state.givenUp);
  const [said, setSaid] = useState<Failure>();
  const [isGivingUp, setGivingUp] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    let isOpen = true;
    void givenUp(rotation).then((answer) => {
      if (isOpen) setSaid(answer);
    });
    return () => {
      isOpen = false;
    };
  }, [givenUp, rotation]);

  async function confirmed() {
    setGivingUp(true);
    const failed = await givenUp(rotation, rotationText.giveUpWord);
    setGivingUp(false);
    if (failed === undefined) onClose();
    else setSaid(failed);
  }

  return (
    <Dialog
      small
      title={rotationText.giveUpTitle(label)}
      about={undefined}
      badge={undefined}
      first={keep}
      onClose={onClose}
      foot={
        <>
          <span className="sp" />
          <Button ref={keep} onClick={onClose}>
            {rotationText.keepOn}
          </Button>
          <Button look="danger-fill" busy={isGivingUp} onClick={() => void confirmed()}>
            {rotationText.giveUp}
          </Button>
        </>
      }
    >
      {said === undefined ? null : (
        <Note tone={said.code === 'confirmation-required' ? 'warn' : 'danger'} title={said.message} live />
      )}
    </Dialog>
  );
}
