import { useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { Icon } from '../../parts/icon.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { exactTime } from '../../text/dates.ts';
import { itemSays, itemStates, jobText } from '../../text/job.ts';
import { projectNames } from '../../text/project-names.ts';
import { named } from '../../text/tokens.ts';
import { RotationLink } from '../rotation/rotation-link.tsx';
import { StepPips } from '../rotation/step-pips.tsx';
import { byUrgency, type Filter, filters, fits, type NumberedItem, stateLooks } from './item-look.ts';

/** More rows than this nobody reads at once; the filters reach every one. */
const mostRows = 500;

export function JobTable({ job, inventory }: { job: Job; inventory: Inventory }) {
  const rotations = useRondo((state) => state.rotations);
  const [filter, setFilter] = useState<Filter>('all');
  const numbered = job.items.map((item, index) => ({ ...item, number: index + 1 }));
  const fitting = numbered.filter((item) => fits(filter, item)).toSorted(byUrgency);
  const tokens = new Map(inventory.tokens.map((token) => [token.id, token]));
  const projectName = projectNames(inventory.projects);
  const { columns } = jobText;
  return (
    <>
      <fieldset className="chips jobchips" aria-label={jobText.filters}>
        {filters.map((one) => (
          <button
            key={one}
            type="button"
            className={one === filter ? 'chip on' : 'chip'}
            aria-pressed={one === filter}
            onClick={() => setFilter(one)}
          >
            {jobText.filter[one]} {numbered.filter((item) => fits(one, item)).length}
          </button>
        ))}
      </fieldset>
      {fitting.length === 0 ? <p className="t2 jobnone">{jobText.none}</p> : null}
      <table className="list" aria-label={jobText.table}>
        <thead>
          <tr>
            <th>{columns.no}</th>
            <th>{columns.label}</th>
            <th className="spare">{columns.project}</th>
            <th className="spare">{columns.steps}</th>
            <th>{columns.state}</th>
            <th className="wide-only">{columns.what}</th>
            <th className="r">{columns.at}</th>
          </tr>
        </thead>
        <tbody>
          {fitting.slice(0, mostRows).map((item) => {
            const token = tokens.get(item.token);
            const rotation = item.rotation === undefined ? undefined : rotations.get(item.rotation);
            const fresh = rotation?.replacement === undefined ? undefined : tokens.get(rotation.replacement);
            const place = projectName(token?.project);
            return <Row key={item.token} item={item} token={token} place={place} fresh={fresh} rotation={rotation} />;
          })}
        </tbody>
      </table>
      {fitting.length > mostRows ? <p className="t2 jobnone">{jobText.more(fitting.length - mostRows)}</p> : null}
    </>
  );
}

interface RowProps {
  readonly item: NumberedItem;
  readonly token: Token | undefined;
  readonly place: string;
  readonly fresh: Token | undefined;
  readonly rotation: Rotation | undefined;
}

function Row({ item, token, place, fresh, rotation }: RowProps) {
  const label = token === undefined ? item.token.slice(0, 6) : named(token);
  const { icon, look } = stateLooks[item.state];
  return (
    <tr>
      <td className="t3 num">{item.number}</td>
      <td>
        {rotation === undefined ? (
          <span className="strong">{label}</span>
        ) : (
          <RotationLink rotation={rotation} label={label} />
        )}
      </td>
      <td className="t2 spare">{place}</td>
      <td className="spare">
        <StepPips rotation={rotation} />
      </td>
      <td>
        <span className={`state ${look}`}>
          <Icon name={icon} small />
          {itemStates[item.state]}
        </span>
      </td>
      <td className="t2 wide-only sentence">{itemSays(item, rotation, { old: token, fresh })}</td>
      <td className="r mono t3">{item.at === undefined ? '' : exactTime(item.at)}</td>
    </tr>
  );
}
