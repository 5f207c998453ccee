import { monthTicks, percent } from '../../parts/life.ts';
import { Axis } from '../../parts/ruler.tsx';
import { dayMs } from '../../state/standing.ts';
import { useNow } from '../../state/use-rondo.tsx';
import { createText } from '../../text/acts.ts';
import { longDay, monthName } from '../../text/dates.ts';

/** The life that the new token will have, drawn before it is born. */
export function BornToday({ days }: { days: number | undefined }) {
  const now = useNow();
  const measure = { fromMs: now - 45 * dayMs, toMs: now + 410 * dayMs };
  const today = percent(now, measure);
  const endMs = days === undefined ? undefined : now + days * dayMs;
  const end = endMs === undefined ? 100 : percent(endMs, measure);
  const ends = endMs === undefined ? undefined : longDay(new Date(endMs).toISOString());
  const isLate = end > 60;
  return (
    <div>
      <div className="lab">{createText.life}</div>
      <svg className="life ruler born-life" role="img" aria-label={createText.lifeLabel(ends)}>
        <line className="today" x1={`${today}%`} x2={`${today}%`} y1="2" y2="34" />
        <text className="now" x={`${today}%`} dx="6" y="11">
          {createText.bornToday}
        </text>
        <line className={endMs === undefined ? 'endless' : 'next'} x1={`${today}%`} x2={`${end}%`} y1="24" y2="24" />
        {endMs === undefined ? (
          <text x="100%" y="11" textAnchor="end">
            {createText.never}
          </text>
        ) : (
          <>
            <line className="cap" x1={`${end}%`} x2={`${end}%`} y1="18" y2="30" />
            <text x={`${end}%`} dx={isLate ? -8 : 8} y="11" textAnchor={isLate ? 'end' : 'start'}>
              {ends}
            </text>
          </>
        )}
      </svg>
      <Axis ticks={monthTicks(measure, monthName, (date) => date.getMonth() % 3 === 0)} side="under" apart={0} />
    </div>
  );
}
