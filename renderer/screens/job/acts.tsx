import { useRef, useState } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import type { JobAct } from '../../state/jobs.ts';
import { noteOf } from '../../state/notes.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { jobText } from '../../text/job.ts';

export function JobActs({ job }: { job: Job }) {
  const jobPressed = useRondo((state) => state.jobPressed);
  const [isStopping, setStopping] = useState(false);
  const [isAsking, setAsking] = useState(false);
  // Going on waits for the steps that still end; to stop it is possible all the while.
  async function pressed(act: JobAct) {
    setAsking(true);
    await jobPressed(act, job.id);
    setAsking(false);
  }
  const again = job.counts.failed + job.counts['needs-attention'];
  // What stopped it comes first: going on would leave that where it is.
  const isAgainFirst = job.error !== undefined && again > 0;
  const rests = job.state === 'paused' || job.state === 'interrupted' || job.state === 'stopped';
  return (
    <div className="tools">
      <ReportButton job={job} />
      {job.state === 'running' ? (
        <Button icon="pause" busy={isAsking} onClick={() => void pressed('pause')}>
          {jobText.pause}
        </Button>
      ) : null}
      {rests ? (
        <Button
          look={isAgainFirst ? 'plain' : 'primary'}
          icon="rotate"
          busy={isAsking}
          onClick={() => void pressed('resume')}
        >
          {jobText.goOn}
        </Button>
      ) : null}
      {job.state !== 'running' && again > 0 ? (
        <Button
          look={isAgainFirst ? 'primary' : 'plain'}
          icon="rotate"
          busy={isAsking}
          onClick={() => void pressed('retry')}
        >
          {jobText.retry(again)}
        </Button>
      ) : null}
      {job.state === 'done' || job.state === 'stopped' ? null : (
        <Button look="danger" icon="stop" onClick={() => setStopping(true)}>
          {jobText.stop}
        </Button>
      )}
      {isStopping ? <StopDialog job={job} onClose={() => setStopping(false)} /> : null}
    </div>
  );
}

function ReportButton({ job }: { job: Job }) {
  const reportCopied = useRondo((state) => state.reportCopied);
  const noteShown = useRondo((state) => state.noteShown);
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    const failed = await reportCopied(job.id);
    setCopied(failed === undefined);
    if (failed !== undefined) noteShown(noteOf(failed));
  }
  return (
    <Button icon={isCopied ? 'copied' : 'log'} onClick={() => void copy()}>
      {isCopied ? jobText.copied : job.state === 'done' ? jobText.reportWhole : jobText.report}
    </Button>
  );
}

/** The safe answer has the focus. */
function StopDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const jobPressed = useRondo((state) => state.jobPressed);
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      small
      title={jobText.stopTitle(job.title)}
      first={keep}
      onClose={onClose}
      foot={
        <>
          <span className="sp" />
          <Button ref={keep} onClick={onClose}>
            {jobText.keepRunning}
          </Button>
          <Button
            look="danger-fill"
            onClick={() => {
              onClose();
              void jobPressed('stop', job.id);
            }}
          >
            {jobText.stop}
          </Button>
        </>
      }
    >
      <p>{jobText.stopAbout}</p>
    </Dialog>
  );
}
