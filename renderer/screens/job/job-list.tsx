import { useEffect } from 'react';
import { useRondo } from '../../state/use-rondo.tsx';
import { jobStates, jobText } from '../../text/job.ts';

/** The jobs, on the page of rotations; nothing where there was none. */
export function JobList() {
  const heads = useRondo((state) => state.jobHeads);
  const jobsAsked = useRondo((state) => state.jobsAsked);
  const went = useRondo((state) => state.went);
  useEffect(() => void jobsAsked(), [jobsAsked]);
  if (heads.length === 0) return null;
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
          <span className="t2">{jobStates[head.state]}</span>
          <span className="t2">{jobText.counted(head)}</span>
        </li>
      ))}
    </ul>
  );
}
