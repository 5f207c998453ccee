import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { useIsThere } from '../../parts/use-is-there.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { rotationText } from '../../text/rotation.ts';

interface GiveUpProps {
  readonly rotation: Id;
  readonly label: string;
  readonly onClose: () => void;
}

/** What would be left behind, in the core's own words; the safe button has the focus. */
export function GiveUpDialog({ rotation, label, onClose }: GiveUpProps) {
  const givingUpAsked = useRondo((state) => state.givingUpAsked);
  const givenUp = useRondo((state) => state.givenUp);
  const [said, setSaid] = useState<Failure>();
  const [failure, setFailure] = useState<Failure>();
  const [isGivingUp, setGivingUp] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const isThere = useIsThere();

  useEffect(() => {
    let isOpen = true;
    void givingUpAsked(rotation).then((answer) => {
      if (isOpen) setSaid(answer);
    });
    return () => {
      isOpen = false;
    };
  }, [givingUpAsked, rotation]);

  async function confirmed() {
    setGivingUp(true);
    const failed = await givenUp(rotation, () => isThere.current);
    // Whatever is open by then is another question.
    if (!isThere.current) return;
    setGivingUp(false);
    setFailure(failed);
    if (failed === undefined) onClose();
  }

  return (
    <Dialog
      small
      title={rotationText.giveUpTitle(label)}
      first={keep}
      onClose={onClose}
      foot={
        <>
          <span className="sp" />
          <Button ref={keep} onClick={onClose}>
            {rotationText.keepOn}
          </Button>
          {/* Not before it says what is left behind, or that this could not be found out. */}
          <Button look="danger-fill" disabled={said === undefined} busy={isGivingUp} onClick={() => void confirmed()}>
            {rotationText.giveUp}
          </Button>
        </>
      }
    >
      {said === undefined ? (
        <p className="t2">{rotationText.givingUpAsked}</p>
      ) : said.code === 'confirmation-required' ? (
        <Note tone="warn" title={said.message} live />
      ) : (
        <FailureNote failure={said} />
      )}
      <FailureNote failure={failure} />
    </Dialog>
  );
}
