import type { Life } from './life.ts';

interface LifeLineProps {
  readonly life: Life;
  /** Said instead of the picture; none where the same words stand beside it. */
  readonly label?: string;
  /** Where today is drawn, in per cent; undefined leaves it out. */
  readonly today?: number | undefined;
  /** Where a line of the ruler above goes through the row, in per cent. */
  readonly grid?: readonly number[];
  readonly className?: string;
}

/** Every height is in per cent as well, so that one drawing serves rows of any height. */
export function LifeLine({ life, label, today, grid, className }: LifeLineProps) {
  const { born, livedTo, end, over, earlier } = life;
  const said =
    label === undefined ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const);
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is named by `said`, or hidden where the words stand beside it
    <svg className={`life ${life.tone} ${className ?? ''}`} {...said}>
      {grid?.map((x) => (
        <Line key={x} className="grid" x={x} from="0%" to="100%" />
      ))}
      {today === undefined ? null : <Line className="today" x={today} from="0%" to="100%" />}
      {earlier === undefined ? null : (
        <>
          <line className="prev" x1={`${earlier.from}%`} x2={`${earlier.to}%`} y1="66%" y2="66%" />
          <Line className="riser" x={born.x} from="50%" to="66%" />
        </>
      )}
      {end.kind === 'gone' ? (
        <>
          <line className="gone" x1={`${born.x}%`} x2={`${end.x}%`} y1="50%" y2="50%" />
          <Line className="born" x={end.x} from="36%" to="64%" />
        </>
      ) : (
        <line className="past" x1={`${born.x}%`} x2={`${livedTo}%`} y1="50%" y2="50%" />
      )}
      {born.before ? <Chevron x={born.x} towards="left" /> : <Line className="born" x={born.x} from="36%" to="64%" />}
      {over === undefined ? null : <line className="over" x1={`${over.from}%`} x2={`${over.to}%`} y1="50%" y2="50%" />}
      <End end={end} livedTo={livedTo} />
    </svg>
  );
}

function End({ end, livedTo }: { end: Life['end']; livedTo: number }) {
  if (end.kind === 'gone') return null;
  if (end.kind === 'endless') {
    return <line className="endless" x1={`${livedTo}%`} x2="100%" y1="50%" y2="50%" />;
  }
  const line = end.kind === 'hard' ? 'next' : 'policy';
  const x1 = Math.min(livedTo, end.x);
  return (
    <>
      {end.x > x1 ? <line className={line} x1={`${x1}%`} x2={`${end.x}%`} y1="50%" y2="50%" /> : null}
      {end.beyond ? (
        <Chevron x={end.x} towards="right" />
      ) : end.kind === 'hard' ? (
        <Line className="cap" x={end.x} from="31%" to="69%" />
      ) : (
        // A nested drawing, because a path knows no per cent: its middle sits on the line's end.
        <svg className="mark-at" x={`${end.x}%`} y="50%" overflow="visible" aria-hidden="true">
          <path className="mark" d="M-3.5 0L0-3.5 3.5 0 0 3.5Z" />
        </svg>
      )}
    </>
  );
}

function Line({ className, x, from, to }: { className: string; x: number; from: string; to: string }) {
  return <line className={className} x1={`${x}%`} x2={`${x}%`} y1={from} y2={to} />;
}

function Chevron({ x, towards }: { x: number; towards: 'left' | 'right' }) {
  return (
    <svg x={`${x}%`} y="50%" overflow="visible" aria-hidden="true">
      <path className="beyond" d={towards === 'left' ? 'M-1-3L-4 0-1 3' : 'M1-3L4 0 1 3'} />
    </svg>
  );
}
