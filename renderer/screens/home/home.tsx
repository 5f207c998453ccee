import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { StandingMark } from '../../parts/badges.tsx';
import { Button } from '../../parts/button.tsx';
import { earlierOf, lifeOf, monthTicks, percent, yearMeasure } from '../../parts/life.ts';
import { LifeLine } from '../../parts/life-line.tsx';
import { Note } from '../../parts/note.tsx';
import { Axis } from '../../parts/ruler.tsx';
import { type Counts, countsOf, needsToday } from '../../state/counts.ts';
import { mayDo, urgencyOf } from '../../state/list-filter.ts';
import { isPast, standingOf, wholeDays } from '../../state/standing.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { figure } from '../../text/count.ts';
import { dayWithYear, longDay, monthName, shortDay } from '../../text/dates.ts';
import { homeText } from '../../text/home.ts';
import { type ProjectName, projectNames } from '../../text/project-names.ts';
import { lifeWords, mayWords, named } from '../../text/tokens.ts';
import { Ages } from './ages.tsx';
import { Legend } from './legend.tsx';
import { NoTokens } from './no-tokens.tsx';

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
  const ticks = monthTicks(measure, monthName, (date) => date.getMonth() % 3 === 0);
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
      {counts.sealed > 0 ? <Note icon="sealed" title={homeText.waits(counts.sealed)} /> : null}
      <div className="measure head-measure">
        <span />
        <Axis ticks={ticks} side="above" apart={8} today={{ x: today, label: shortDay(new Date(now).toISOString()) }} />
        <span />
      </div>
      <ul className="sheet" aria-label={homeText.needYou}>
        {needing.slice(0, mostNeeding).map((token) => (
          <Needing
            key={token.id}
            token={token}
            projectName={projectName}
            earlier={earlierOf(token, byId)}
            now={now}
            grid={grid}
          />
        ))}
      </ul>
      <MoreNeeding tokens={needing.slice(mostNeeding)} />
      <div className="measure cap1">
        <h2 className="h-label">{homeText.runway}</h2>
        <Legend />
        <button type="button" className="link r" onClick={() => went({ at: 'inventory' })}>
          {homeText.all(tokens.length)}
        </button>
      </div>
      <ul className="sheet" aria-label={homeText.runway}>
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

interface RowProps {
  readonly token: Token;
  /** The one that it replaced. */
  readonly earlier: Token | undefined;
  readonly now: number;
  readonly grid: readonly number[];
}

function Needing({ token, projectName, earlier, now, grid }: RowProps & { readonly projectName: ProjectName }) {
  const rotatePressed = useRondo((state) => state.rotatePressed);
  const standing = standingOf(token, now);
  return (
    <li className="measure nrow">
      <span className="lead">
        <TokenLink token={token} />
        <span className="sub cut">{whatItIs(token, projectName, now)}</span>
      </span>
      <LifeLine
        life={lifeOf(token, now, yearMeasure(now), earlier)}
        label={lifeWords(token, standing)}
        today={50}
        grid={grid}
      />
      <span className="row-between">
        <StandingMark standing={standing} />
        <Button aria-label={homeText.rotateLabel(named(token))} onClick={() => rotatePressed([token.id])}>
          {homeText.rotate}
        </Button>
      </span>
    </li>
  );
}

/** Those that there is no room for are first in the list. */
function MoreNeeding({ tokens }: { tokens: readonly Token[] }) {
  const went = useRondo((state) => state.went);
  const groupedBy = useRondo((state) => state.groupedBy);
  const tokenShown = useRondo((state) => state.tokenShown);
  const [next] = tokens;
  if (next === undefined) return null;
  return (
    <button
      type="button"
      className="link more-needing"
      onClick={() => {
        groupedBy('due');
        tokenShown(next.id);
        went({ at: 'inventory' });
      }}
    >
      {homeText.more(tokens.length)}
    </button>
  );
}

function whatItIs(token: Token, projectName: ProjectName, now: number): string {
  const may = mayDo(token);
  const ageDays = wholeDays(now - Date.parse(token.createdAt ?? token.firstSeenAt));
  return [projectName(token.project), ...(may === 'unknown' ? [] : [mayWords(may)]), homeText.age(ageDays)].join(', ');
}

function Coming({ token, earlier, now, grid }: RowProps) {
  const standing = standingOf(token, now);
  const dueAt = token.dueAt ?? '';
  return (
    <li className="measure rrow">
      <TokenLink token={token} />
      <LifeLine
        life={lifeOf(token, now, yearMeasure(now), earlier)}
        label={lifeWords(token, standing)}
        today={50}
        grid={grid}
      />
      <span className="rd">
        <span className={standing.is === 'due' ? 'warnc' : undefined}>
          {homeText.days(wholeDays(Date.parse(dueAt) - now))}
        </span>
        <span className="t2" title={longDay(dueAt)}>
          {dayWithYear(dueAt)}
        </span>
      </span>
    </li>
  );
}

function TokenLink({ token }: { token: Token }) {
  const went = useRondo((state) => state.went);
  const tokenShown = useRondo((state) => state.tokenShown);
  return (
    <button
      type="button"
      className="name row-link"
      onClick={() => {
        tokenShown(token.id);
        went({ at: 'inventory' });
      }}
    >
      <span className="cut">{token.label}</span>
      {token.tail === undefined ? null : <span className="tail">{token.tail}</span>}
    </button>
  );
}
