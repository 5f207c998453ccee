import type { JobPreviewItem } from '../../../shared/contract/job.ts';
import { daysInWords } from '../../text/dates.ts';
import { dangerWords, incidentText } from '../../text/job.ts';
import type { ProjectName } from '../../text/project-names.ts';
import { named } from '../../text/tokens.ts';

/** Enough to see what kind of tokens they are; the report has them all. */
const mostRows = 200;

export function PreviewTable({ items, projectName }: { items: readonly JobPreviewItem[]; projectName: ProjectName }) {
  const { columns } = incidentText;
  if (items.length === 0) return <p className="t2">{incidentText.none}</p>;
  return (
    <>
      <table className="list" aria-label={incidentText.table}>
        <thead>
          <tr>
            <th className="spare-last">{columns.no}</th>
            <th>{columns.label}</th>
            <th className="spare">{columns.project}</th>
            <th className="spare">{columns.why}</th>
            <th className="spare-last">{columns.mode}</th>
            <th>{columns.stops}</th>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, mostRows).map(({ token, mode, dangers, stops, refusal }, index) => (
            <tr key={token.id}>
              <td className="t3 num spare-last">{index + 1}</td>
              <td className="strong">{named(token)}</td>
              <td className="t2 spare">{projectName(token.project)}</td>
              <td className="t2 spare">{dangers.map((danger) => dangerWords[danger]).join(', ')}</td>
              <td className="t2 spare-last">{incidentText.modeWords[mode]}</td>
              <td className={refusal === undefined ? 't2 sentence' : 'dang sentence'}>
                {daysInWords(refusal?.message ?? stops)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length > mostRows ? <p className="t2 jobnone">{incidentText.more(items.length - mostRows)}</p> : null}
    </>
  );
}
