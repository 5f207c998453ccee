import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../../shared/open-rotations.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { useIsThere } from '../../parts/use-is-there.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { rotationText } from '../../text/rotation.ts';

interface GiveUpProps {
  readonly rotation: Rotation;
  readonly label: string;
  readonly onClose: () => void;
}

/**
 * What would be left behind, in the core's own words; the safe button has the focus. Of a rotation that ends meanwhile there is
 * nothing to ask any more.
 */
export function GiveUpDialog({ rotation, label, onClose }: GiveUpProps) {
  const givingUpAsked = useRondo((state) => state.givingUpAsked);
  const givenUp = useRondo((state) => state.givenUp);
  const [said, setSaid] = useState<Failure>();
  const [failure, setFailure] = useState<Failure>();
  const [isGivingUp, setGivingUp] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const isThere = useIsThere();
  const { id } = rotation;
  const isOver = !isOpenRotation(rotation) && !isGivingUp;

  useEffect(() => {
    let isOpen = true;
    void givingUpAsked(id).then((answer) => {
      if (isOpen) setSaid(answer);
    });
    return () => {
      isOpen = false;
    };
  }, [givingUpAsked, id]);
  useEffect(() => {
    if (isOver) onClose();
  }, [isOver, onClose]);

  async function confirmed() {
    setGivingUp(true);
    const failed = await givenUp(id, () => isThere.current);
    // Whatever is open by then is another question.
    if (!isThere.current) return;
    setGivingUp(false);
    if (failed === undefined) return onClose();
    // It went on meanwhile, and was not given up: what is left behind is another thing by now.
    const isAskedAgain = failed.code === 'confirmation-required';
    setFailure(isAskedAgain ? undefined : failed);
    if (isAskedAgain) setSaid(failed);
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
