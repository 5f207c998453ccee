import type { Token } from '../../../shared/contract/token.ts';
import { lifeOf, monthTicks, percent } from '../../parts/life.ts';
import { LifeLine } from '../../parts/life-line.tsx';
import { Axis } from '../../parts/ruler.tsx';
import { dayMs, type Standing } from '../../state/standing.ts';
import { monthName } from '../../text/dates.ts';
import { detailText, inventoryText } from '../../text/inventory.ts';
import { lifeWords, named } from '../../text/tokens.ts';

interface WholeLifeProps {
  readonly token: Token;
  readonly standing: Standing;
  readonly earlier: Token | undefined;
  readonly now: number;
}

/** The same line at the scale of one life: a little before its birth to a little after its end. */
export function WholeLife({ token, standing, earlier, now }: WholeLifeProps) {
  const bornMs = Date.parse(token.createdAt ?? token.firstSeenAt);
  const endMs = Math.max(now, Date.parse(token.expiresAt ?? token.dueAt ?? new Date(now).toISOString()));
  const marginMs = Math.max(10 * dayMs, (endMs - bornMs) * 0.08);
  const measure = { fromMs: bornMs - marginMs, toMs: endMs + marginMs };
  const months = (measure.toMs - measure.fromMs) / (30 * dayMs);
  const every = months <= 7 ? 1 : months <= 14 ? 3 : months <= 36 ? 6 : 12;
  const isLabelled = (date: Date) => date.getMonth() % every === 0;
  const everyMonth = monthTicks(measure, monthName, isLabelled);
  // Beyond three years a tick a month is a grey band.
  const ticks = months > 36 ? everyMonth.filter(({ label }) => label !== undefined) : everyMonth;
  const today = percent(now, measure);
  return (
    <div className="whole-life">
      <LifeLine
        life={lifeOf(token, now, measure, earlier)}
        label={lifeWords(token, standing)}
        today={today}
        className="whole"
      />
      <Axis ticks={ticks} side="under" apart={16} today={{ x: today, label: inventoryText.ruler.today }} />
      {earlier === undefined ? null : <p className="t3 mono">{detailText.before(named(earlier))}</p>}
    </div>
  );
}
