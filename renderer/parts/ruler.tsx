import type { Tick } from './life.ts';

/** The head of a column of life lines: a year back, today, a year ahead. Decoration for those who see it. */
export function YearRuler({ from, today, to }: { from: string; today: string; to: string }) {
  const months = Array.from({ length: 25 }, (_, index) => Math.round((index / 24) * 10_000) / 100);
  return (
    <svg className="life ruler" aria-hidden="true">
      {months.map((x, index) => (
        <line
          key={x}
          className={index % 6 === 0 ? 'tick' : 'tick minor'}
          x1={`${x}%`}
          x2={`${x}%`}
          y1={index % 6 === 0 ? 24 : 26}
          y2={30}
        />
      ))}
      <line className="today" x1="50%" x2="50%" y1="21" y2="30" />
      <text x="0%" y="17" textAnchor="start">
        {from}
      </text>
      <text className="now" x="50%" y="17" textAnchor="middle">
        {today}
      </text>
      <text x="100%" y="17" textAnchor="end">
        {to}
      </text>
    </svg>
  );
}

interface AxisProps {
  readonly ticks: readonly Tick[];
  readonly today?: { readonly x: number; readonly label: string } | undefined;
  /** Labels under the line, or above it. */
  readonly side: 'under' | 'above';
  /** Labels nearer to today than this share of the width would run into its own, or above into its line. */
  readonly apart: number;
}

export function Axis({ ticks, today, side, apart }: AxisProps) {
  const under = side === 'under';
  // Under the line today's own label leaves no room for theirs; above it they are in the way where it is narrow.
  const isNear = (x: number) => !under && today !== undefined && Math.abs(x - today.x) < 2 * apart;
  return (
    <svg className={`life ruler axis ${side}`} aria-hidden="true">
      {under ? <line className="tick minor" x1="0" x2="100%" y1="1" y2="1" /> : null}
      {ticks.map(({ x, label, isSpare }) => (
        <g key={x}>
          <line
            className={label === undefined ? 'tick minor' : 'tick'}
            x1={`${x}%`}
            x2={`${x}%`}
            y1={under ? 1 : label === undefined ? 36 : 34}
            y2={under ? (label === undefined ? 4 : 7) : 40}
          />
          {label === undefined || (today !== undefined && Math.abs(x - today.x) < apart) ? null : (
            <text
              className={isSpare || isNear(x) ? 'spare' : undefined}
              x={`${x}%`}
              y={under ? 19 : 29}
              textAnchor={anchor(x)}
            >
              {label}
            </text>
          )}
        </g>
      ))}
      {today === undefined ? null : (
        <>
          <line className="today" x1={`${today.x}%`} x2={`${today.x}%`} y1={under ? 0 : 16} y2={under ? 6 : 41} />
          <text className="now" x={`${today.x}%`} y={under ? 19 : 11} textAnchor={anchor(today.x)}>
            {today.label}
          </text>
        </>
      )}
    </svg>
  );
}

function anchor(x: number): 'start' | 'middle' | 'end' {
  return x < 4 ? 'start' : x > 96 ? 'end' : 'middle';
}
