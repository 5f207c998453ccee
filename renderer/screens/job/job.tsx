import { useEffect, useRef } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { Id } from '../../../shared/ids.ts';
import { Icon } from '../../parts/icon.tsx';
import { Note } from '../../parts/note.tsx';
import { ReadFailed } from '../../parts/read-failed.tsx';
import { Ticks } from '../../parts/ticks.tsx';
import { useArrival } from '../../parts/use-arrival.ts';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { itemStates, jobText } from '../../text/job.ts';
import { NotInVault } from '../rotation/not-in-vault.tsx';
import { JobActs } from './acts.tsx';
import { msToGo, stateLooks, tickLooks } from './item-look.ts';
import { JobTable } from './table.tsx';

/** One job: how far, what needs somebody, and a row for each of its tokens. */
export function JobScreen({ id, inventory }: { id: Id; inventory: Inventory }) {
  const openJob = useRondo((state) => state.openJob);
  const jobAsked = useRondo((state) => state.jobAsked);
  const jobFailure = useRondo((state) => state.jobFailure);
  useEffect(() => void jobAsked(id), [jobAsked, id]);
  if (openJob?.id === id) return <OneJob job={openJob} inventory={inventory} />;
  if (jobFailure?.job !== id) return <div className="page" />;
  if (jobFailure.failure.code === 'not-found') return <NotInVault sentence={jobText.missing} />;
  return (
    <div className="page">
      <h1>{jobText.job}</h1>
      <ReadFailed what={jobText.unread} failure={jobFailure.failure} onAgain={() => jobAsked(id)} />
    </div>
  );
}

function OneJob({ job, inventory }: { job: Job; inventory: Inventory }) {
  const idleMs = useRondo((state) => state.settings.idleMs);
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading);
  useFocusKept(heading, job.state);
  return (
    <div className="page scrolls jobpage">
      <div className="row-between wrapping">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {job.title}
          </h1>
          <p className="t2">{jobText.about(job)}</p>
        </div>
        <JobActs key={job.id} job={job} />
      </div>
      <Reading job={job} />
      <p className="t2" role="status">
        {jobText.says(job, idleMs)}
      </p>
      {job.error === undefined ? null : (
        <Note tone="warn" title={job.error.message}>
          {job.error.hint}
        </Note>
      )}
      {job.hostPause === undefined ? null : <HostPause pause={job.hostPause} />}
      <JobTable job={job} inventory={inventory} />
    </div>
  );
}

/** The figure is the answer; a tick is a token, in the order of danger. */
function Reading({ job }: { job: Job }) {
  const now = useNow(5_000);
  const toGo = job.state === 'running' ? msToGo(job, now) : undefined;
  const shown = (['done', 'needs-attention', 'failed', 'waiting', 'running', 'paused'] as const).filter(
    (state) => state === 'done' || job.counts[state] > 0,
  );
  return (
    <div className="jobread">
      <div className="big">
        <b className="num">{job.counts.done}</b>
        <span>
          <strong className="strong">{jobText.of(job.total)}</strong>
          {toGo === undefined ? null : <span className="t2">{jobText.toGo(toGo)}</span>}
        </span>
      </div>
      <Ticks together looks={job.items.map(({ state }) => tickLooks[state])} label={jobText.ticks(job)} />
      <ul className="tally">
        {shown.map((state) => (
          <li key={state} className={`state ${job.counts[state] === 0 ? 'dim' : stateLooks[state].look}`}>
            <Icon name={stateLooks[state].icon} small />
            {job.counts[state]} {itemStates[state].toLocaleLowerCase()}
          </li>
        ))}
      </ul>
    </div>
  );
}

function HostPause({ pause }: { pause: NonNullable<Job['hostPause']> }) {
  const now = useNow(1_000);
  const [fromMs, untilMs] = [Date.parse(pause.from), Date.parse(pause.until)];
  const seconds = Math.min(60, Math.max(1, Math.ceil((untilMs - fromMs) / 1_000)));
  const passed = Math.floor((now - fromMs) / 1_000);
  if (now >= untilMs) return null;
  return (
    <div className="hostpause">
      <Note tone="warn" icon="clock" title={jobText.hostPauseTitle}>
        {jobText.hostPause(untilMs, now)}
        <Ticks
          looks={Array.from({ length: seconds }, (_, index) => (index < passed ? 'past' : 'waits'))}
          label={jobText.hostPauseTicks}
        />
      </Note>
    </div>
  );
}
