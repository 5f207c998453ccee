import { useEffect } from 'react';
import type { JobHead } from '../../../shared/contract/job.ts';
import { Icon } from '../../parts/icon.tsx';
import { ReadFailed } from '../../parts/read-failed.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { jobStates, jobText } from '../../text/job.ts';
import { jobLooks } from './item-look.ts';

/** The jobs, on the page of rotations; nothing where there was none. */
export function JobList() {
  const heads = useRondo((state) => state.jobHeads);
  const jobsAsked = useRondo((state) => state.jobsAsked);
  const failure = useRondo((state) => state.jobsFailure);
  useEffect(() => void jobsAsked(), [jobsAsked]);
  return (
    <>
      {failure === undefined ? null : <ReadFailed what={jobText.listUnread} failure={failure} onAgain={jobsAsked} />}
      {heads.length === 0 ? null : <Heads heads={heads} />}
    </>
  );
}

function Heads({ heads }: { heads: readonly JobHead[] }) {
  const went = useRondo((state) => state.went);
  return (
    <ul className="joblist" aria-label={jobText.listTable}>
      {heads.slice(0, 5).map((head) => (
        <li key={head.id}>
          <button
            type="button"
            className="row-link"
            aria-label={jobText.openJob(head.title)}
            onClick={() => went({ at: 'job', job: head.id })}
          >
            {head.title}
          </button>
          <span className={`state ${jobLooks[head.state].look}`}>
            <Icon name={jobLooks[head.state].icon} small />
            {jobStates[head.state]}
          </span>
          <span className="t2 num">{jobText.counted(head)}</span>
        </li>
      ))}
    </ul>
  );
}
