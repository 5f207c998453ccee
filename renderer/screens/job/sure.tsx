import { useRef, useState } from 'react';
import type { JobPreviewItem } from '../../../shared/contract/job.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { useIsThere } from '../../parts/use-is-there.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { incidentText, whileUnlocked } from '../../text/job.ts';
import { type Concern, wishOf } from './concern.ts';

interface SureProps {
  readonly concern: Pick<Concern, 'title' | 'mode'>;
  /** What was shown, and nothing wider. */
  readonly shown: readonly JobPreviewItem[];
  readonly amount: number;
  readonly onClose: () => void;
}

/** The last question before an incident's rotations begin: the safe answer has the focus. */
export function SureDialog({ concern, shown, amount, onClose }: SureProps) {
  const jobConfirmed = useRondo((state) => state.jobConfirmed);
  const idleMs = useRondo((state) => state.settings.idleMs);
  const [failure, setFailure] = useState<Failure>();
  const [isStarting, setStarting] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const { mode } = concern;
  const isThere = useIsThere();

  async function confirmed() {
    setStarting(true);
    setFailure(await jobConfirmed(wishOf(concern, shown), () => isThere.current));
    setStarting(false);
  }

  return (
    <Dialog
      small
      title={incidentText.sure(amount)}
      first={keep}
      onClose={onClose}
      foot={
        <>
          <span className="sp" />
          <Button ref={keep} onClick={onClose}>
            {incidentText.keep}
          </Button>
          <Button look="danger-fill" icon="rotate" busy={isStarting} onClick={() => void confirmed()}>
            {incidentText.rotate(amount)}
          </Button>
        </>
      }
    >
      <p>{incidentText.sureAbout[mode]}</p>
      <p className="t2">{incidentText.signIn}</p>
      <p className="t2">{whileUnlocked(idleMs)}</p>
      <FailureNote failure={failure} />
    </Dialog>
  );
}
