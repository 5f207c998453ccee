import type { Token } from '../../../shared/contract/token.ts';
import { monthTicks, quarters, type Tick, yearMeasure } from '../../parts/life.ts';
import { Axis } from '../../parts/ruler.tsx';
import { dayMs, soonMs, wholeDays } from '../../state/standing.ts';
import { figure } from '../../text/count.ts';
import { monthName } from '../../text/dates.ts';
import { homeText } from '../../text/home.ts';
import { binTokens } from './bins.ts';

/** Behind today a ruler of days, as ages are counted; ahead of it one of months, as due dates are. */
function agesTicks(now: number): readonly Tick[] {
  const measure = yearMeasure(now);
  const ages = [360, 330, 300, 270, 240, 210, 180, 150, 120, 90, 60, 30].map((days) => {
    const x = Math.round((50 - (days / 365) * 50) * 100) / 100;
    return days % 90 === 0 ? { x, label: homeText.days(days), isSpare: days % 180 !== 0 } : { x };
  });
  return [...ages, ...monthTicks(measure, monthName, quarters).filter(({ x }) => x > 50)];
}

/** As many bars as fit above each other at 7 px. */
const tallest = 12;

/** One bar is one token: left of today by age, right of it by due date. */
export function Ages({ tokens, now }: { tokens: readonly Token[]; now: number }) {
  const { ages, dues, medianDays, endless } = binTokens(tokens, now);
  const most = Math.max(...ages, ...dues);
  // Above ten in a month one bar stands for several: still countable, and said so.
  const each = Math.max(1, Math.ceil(most / tallest));
  const columns = [...ages.toReversed(), ...dues];
  const soon = Math.ceil(soonMs / ((365 * dayMs) / 12));
  return (
    <section className="measure ages">
      <div>
        <h2 className="h-label">{homeText.ages}</h2>
        <p className="t2">{homeText.agesAbout(each)}</p>
      </div>
      <div className="all-bars">
        <svg className="bars" role="img" aria-label={homeText.agesLabel(medianDays)}>
          {columns.flatMap((amount, column) =>
            Array.from({ length: Math.ceil(amount / each) }, (_, row) => {
              const isAhead = column >= ages.length;
              const isSoon = isAhead && column - ages.length < soon;
              return (
                <rect
                  // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the picture
                  key={`${column} ${row}`}
                  className={isAhead ? (isSoon ? 'g' : 'f') : 'd'}
                  x={`${(column / columns.length) * 100 + 0.4}%`}
                  width={`${100 / columns.length - 0.8}%`}
                  y={90 - row * 7}
                  height="4"
                />
              );
            }),
          )}
          {/* From the lives above it to its own ruler: one line through the whole page. */}
          <line className="today" x1="50%" x2="50%" y1="-18" y2="100" />
        </svg>
        <Axis ticks={agesTicks(now)} side="under" apart={0} />
      </div>
      <div className="rd2">
        <div>
          <b>{homeText.days(wholeDays(medianDays * dayMs))}</b>
          <span>{homeText.median}</span>
        </div>
        <div>
          <b>{figure(endless)}</b>
          <span>{homeText.endless}</span>
        </div>
      </div>
    </section>
  );
}
