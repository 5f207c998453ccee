import { useRef } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../../shared/open-rotations.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyRuler } from '../../parts/empty-ruler.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { tokenById } from '../../state/tokens.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { mayGoOn, waitsForPerson } from '../../state/waits.ts';
import { sinceWhen } from '../../text/dates.ts';
import { incidentText } from '../../text/job.ts';
import { type ProjectName, projectNames } from '../../text/project-names.ts';
import { rotationsText, rotationText } from '../../text/rotation.ts';
import { named } from '../../text/tokens.ts';
import { JobList } from '../job/job-list.tsx';
import { RotationLink } from './rotation-link.tsx';
import { RotationMark } from './rotation-mark.tsx';
import { StepPips } from './step-pips.tsx';

export function RotationsScreen({ inventory }: { inventory: Inventory }) {
  const rotations = useRondo((state) => state.rotations);
  const went = useRondo((state) => state.went);
  const resumeAllPressed = useRondo((state) => state.resumeAllPressed);
  const resuming = useRondo((state) => state.resuming);
  const all = [...rotations.values()].toSorted(byUrgency);
  const waiting = all.filter(waitsForPerson).length;
  const open = all.filter(isOpenRotation).length;
  const hasJobs = useRondo((state) => state.jobHeads.length > 0);
  const jobsFailure = useRondo((state) => state.jobsFailure);
  const hasAny = hasJobs || jobsFailure !== undefined || all.length > 0;
  const heading = useRef<HTMLHeadingElement>(null);
  const stopped = all.filter(mayGoOn);
  const maySomeGoOn = stopped.length > 0;
  useFocusKept(heading, `${jobsFailure === undefined} ${maySomeGoOn}`);
  return (
    <div className={hasAny ? 'page scrolls' : 'page'}>
      <div className="row-between wrapping">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {rotationsText.title}
          </h1>
          {all.length === 0 ? null : (
            <p className="t2">
              {waiting > 0
                ? rotationsText.needYou(waiting)
                : open > 0
                  ? rotationsText.running(all.filter(({ state }) => state === 'done').length, all.length)
                  : rotationsText.allDone(all.length)}
            </p>
          )}
        </div>
        <div className="tools">
          {maySomeGoOn ? (
            <Button
              icon="rotate"
              busy={stopped.every(({ id }) => resuming.has(id))}
              onClick={() => void resumeAllPressed()}
            >
              {rotationsText.resumeAll}
            </Button>
          ) : null}
          <Button icon="leaked" onClick={() => went({ at: 'incident' })}>
            {incidentText.answer}
          </Button>
        </div>
      </div>
      <JobList />
      {all.length === 0 ? null : <RotationTable rotations={all} inventory={inventory} />}
      {hasAny ? null : (
        <div className="nothing">
          <EmptyRuler />
          <p>{rotationsText.none}</p>
          <Button onClick={() => went({ at: 'inventory' })}>{rotationsText.noneAct}</Button>
        </div>
      )}
    </div>
  );
}

function RotationTable({ rotations, inventory }: { rotations: readonly Rotation[]; inventory: Inventory }) {
  const { columns } = rotationsText;
  const projectName = projectNames(inventory.projects);
  return (
    <table className="list" aria-label={rotationsText.table}>
      <thead>
        <tr>
          <th>{columns.label}</th>
          <th className="spare">{columns.project}</th>
          <th className="spare">{columns.steps}</th>
          <th>{columns.state}</th>
          <th className="wide-only">{columns.what}</th>
          <th className="r">{columns.at}</th>
        </tr>
      </thead>
      <tbody>
        {rotations.map((rotation) => (
          <RotationRow key={rotation.id} rotation={rotation} inventory={inventory} projectName={projectName} />
        ))}
      </tbody>
    </table>
  );
}

interface RotationRowProps {
  readonly rotation: Rotation;
  readonly inventory: Inventory;
  readonly projectName: ProjectName;
}

function RotationRow({ rotation, inventory, projectName }: RotationRowProps) {
  const now = useNow();
  const token = tokenById(inventory.tokens, rotation.token);
  const known = { old: token, fresh: tokenById(inventory.tokens, rotation.replacement) };
  const label = token === undefined ? rotation.token.slice(0, 6) : named(token);
  return (
    <tr>
      <td>
        <RotationLink rotation={rotation} label={label} />
      </td>
      <td className="t2 spare">{projectName(token?.project)}</td>
      <td className="spare">
        <StepPips rotation={rotation} />
      </td>
      <td>
        <RotationMark rotation={rotation} untimed />
      </td>
      <td className="t2 wide-only sentence">{rotation.error?.message ?? rotationText.says(rotation, known)}</td>
      <td className="r mono t3">{sinceWhen(rotation.finishedAt ?? rotation.startedAt, now)}</td>
    </tr>
  );
}

/** What waits for a person first, then what runs, then the newest. */
function byUrgency(left: Rotation, right: Rotation): number {
  const rank = (rotation: Rotation) => (waitsForPerson(rotation) ? 0 : isOpenRotation(rotation) ? 1 : 2);
  return rank(left) - rank(right) || (left.startedAt < right.startedAt ? 1 : -1);
}
