import type { Token } from '../../../shared/contract/token.ts';
import { StandingMark } from '../../parts/badges.tsx';
import { Button } from '../../parts/button.tsx';
import { lifeOf, yearMeasure } from '../../parts/life.ts';
import { LifeLine } from '../../parts/life-line.tsx';
import { mayDo } from '../../state/list-filter.ts';
import { standingOf, wholeDays } from '../../state/standing.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { dayWithYear, longDay } from '../../text/dates.ts';
import { homeText } from '../../text/home.ts';
import type { ProjectName } from '../../text/project-names.ts';
import { lifeWords, mayWords, named } from '../../text/tokens.ts';
import { TodayLine } from './legend.tsx';

interface RowProps {
  readonly token: Token;
  /** The one that it replaced. */
  readonly earlier: Token | undefined;
  readonly now: number;
  readonly grid: readonly number[];
}

interface NeedingProps extends RowProps {
  readonly projectName: ProjectName;
  /** The most urgent of them: what to do is plain to see. */
  readonly isFirst: boolean;
}

/** From its birth to its end, on the ruler of the whole page. */
function OwnLife({ token, earlier, now, grid }: RowProps) {
  return (
    <LifeLine
      life={lifeOf(token, now, yearMeasure(now), earlier)}
      label={lifeWords(token, standingOf(token, now))}
      today={50}
      grid={grid}
    />
  );
}

export function Needing({ projectName, isFirst, ...own }: NeedingProps) {
  const { token, now } = own;
  const rotatePressed = useRondo((state) => state.rotatePressed);
  return (
    <li className="measure nrow">
      <span className="lead">
        <TokenLink token={token} />
        <span className="sub cut">{whatItIs(token, projectName, now)}</span>
      </span>
      <OwnLife {...own} />
      <span className="row-between">
        <StandingMark standing={standingOf(token, now)} />
        <Button
          look={isFirst ? 'primary' : 'plain'}
          aria-label={homeText.rotateLabel(named(token))}
          onClick={() => rotatePressed([token.id])}
        >
          {homeText.rotate}
        </Button>
      </span>
    </li>
  );
}

/** Those that there is no room for are first in the list. */
export function MoreNeeding({ tokens, grid }: { tokens: readonly Token[]; grid: readonly number[] }) {
  const went = useRondo((state) => state.went);
  const groupedBy = useRondo((state) => state.groupedBy);
  const tokenShown = useRondo((state) => state.tokenShown);
  const [next] = tokens;
  if (next === undefined) return null;
  return (
    <li className="measure rrow">
      <button
        type="button"
        className="link fit"
        onClick={() => {
          groupedBy('due');
          tokenShown(next.id);
          went({ at: 'inventory' });
        }}
      >
        {homeText.more(tokens.length)}
      </button>
      <TodayLine grid={grid} />
    </li>
  );
}

function whatItIs(token: Token, projectName: ProjectName, now: number): string {
  const may = mayDo(token);
  const ageDays = wholeDays(now - Date.parse(token.createdAt ?? token.firstSeenAt));
  return [projectName(token.project), ...(may === 'unknown' ? [] : [mayWords(may)]), homeText.age(ageDays)].join(', ');
}

export function Coming(own: RowProps) {
  const { token, now } = own;
  const dueAt = token.dueAt ?? '';
  return (
    <li className="measure rrow">
      <TokenLink token={token} />
      <OwnLife {...own} />
      <span className="rd">
        <span className={standingOf(token, now).is === 'due' ? 'warnc' : undefined}>
          {homeText.days(wholeDays(Date.parse(dueAt) - now))}
        </span>
        <span className="t2" title={longDay(dueAt)}>
          {dayWithYear(dueAt)}
        </span>
      </span>
    </li>
  );
}

export function NoneComing({ needing, grid }: { needing: number; grid: readonly number[] }) {
  return (
    <li className="measure rrow">
      <span className="t2">{homeText.emptyRunway(needing)}</span>
      <TodayLine grid={grid} />
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
