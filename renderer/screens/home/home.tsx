import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { earlierOf, monthTicks, percent, quarters, yearMeasure } from '../../parts/life.ts';
import { Axis } from '../../parts/ruler.tsx';
import { type Counts, countsOf, needsToday } from '../../state/counts.ts';
import { urgencyOf } from '../../state/list-filter.ts';
import { isPast } from '../../state/standing.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { figure } from '../../text/count.ts';
import { monthName, weekDay } from '../../text/dates.ts';
import { homeText } from '../../text/home.ts';
import { projectNames } from '../../text/project-names.ts';
import { Ages } from './ages.tsx';
import { Legend } from './legend.tsx';
import { NoTokens } from './no-tokens.tsx';
import { Coming, MoreNeeding, Needing, NoneComing } from './rows.tsx';
import { Sealed } from './sealed.tsx';

/** What the first page shows before one scrolls: more rows would push the ages out of sight. */
const mostRows = 11;
const mostNeeding = 5;

export function HomeScreen({ inventory }: { inventory: Inventory }) {
  const now = useNow();
  const rotations = useRondo((state) => state.rotations);
  const went = useRondo((state) => state.went);
  const tokens = inventory.tokens.filter((token) => !isPast(token));
  const counts = countsOf(inventory.tokens, [...rotations.values()], now);
  const ordered = tokens.toSorted((left, right) => urgencyOf(left, now) - urgencyOf(right, now));
  const needing = ordered.filter((token) => needsToday(token, now));
  const coming = ordered.filter((token) => !needsToday(token, now) && token.dueAt !== undefined);
  const [next] = coming;
  const measure = yearMeasure(now);
  const ticks = monthTicks(measure, monthName, quarters);
  const grid = ticks.flatMap(({ x, label }) => (label === undefined ? [] : [x]));
  const today = percent(now, measure);
  const projectName = projectNames(inventory.projects);
  const byId = new Map(inventory.tokens.map((token) => [token.id, token]));
  if (tokens.length === 0) return <NoTokens inventory={inventory} headline={homeText.headline(0, counts.waiting)} />;
  return (
    <div className="page scrolls home">
      <div className="row-between wrapping">
        <div>
          <h1>{homeText.headline(needing.length, counts.waiting)}</h1>
          <p className="t2">{sentence(tokens.length, needing.length, next)}</p>
        </div>
        <Dials counts={counts} />
      </div>
      {counts.sealed > 0 ? <Sealed values={counts.sealed} /> : null}
      <div className="measure head-measure">
        <span />
        <Axis ticks={ticks} side="above" apart={4} today={{ x: today, label: weekDay(new Date(now).toISOString()) }} />
        <span />
      </div>
      <ul className="sheet" aria-label={homeText.needYou}>
        {needing.slice(0, mostNeeding).map((token, index) => (
          <Needing
            key={token.id}
            token={token}
            isFirst={index === 0}
            projectName={projectName}
            earlier={earlierOf(token, byId)}
            now={now}
            grid={grid}
          />
        ))}
        <MoreNeeding tokens={needing.slice(mostNeeding)} grid={grid} />
      </ul>
      <div className="measure cap1">
        <h2 className="h-label">{homeText.runway}</h2>
        <Legend hasLives={needing.length + coming.length > 0} />
        <button type="button" className="link r" onClick={() => went({ at: 'inventory' })}>
          {homeText.all(tokens.length)}
        </button>
      </div>
      <ul className="sheet" aria-label={homeText.runway}>
        {coming.length === 0 ? <NoneComing needing={needing.length} grid={grid} /> : null}
        {coming.slice(0, mostRows).map((token) => (
          <Coming key={token.id} token={token} earlier={earlierOf(token, byId)} now={now} grid={grid} />
        ))}
      </ul>
      <Ages tokens={tokens} now={now} />
    </div>
  );
}

function sentence(tokens: number, needing: number, next: Token | undefined): string {
  if (needing > 0) return next?.dueAt === undefined ? homeText.nothingElse : homeText.after(next.label, next.dueAt);
  return next?.dueAt === undefined ? homeText.noNext(tokens) : homeText.next(tokens, next.label, next.dueAt);
}

function Dials({ counts }: { counts: Counts }) {
  const words = homeText.dials;
  const dials = [
    { figure: counts.leaked, words: words.leaked, tone: 'danger' },
    { figure: counts.expired, words: words.expired, tone: 'danger' },
    { figure: counts.over, words: words.over, tone: 'warn' },
    { figure: counts.due, words: words.due, tone: '' },
    { figure: counts.tokens, words: words.tokens, tone: '' },
  ].filter((dial) => dial.figure > 0 || dial.tone === '');
  return (
    <div className="dials">
      {dials.map((dial) => (
        <div key={dial.words} className={`dial ${dial.tone}`}>
          <b>{figure(dial.figure)}</b>
          <span>{dial.words}</span>
        </div>
      ))}
    </div>
  );
}
