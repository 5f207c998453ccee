import { firstRunText } from '../../text/door.ts';

/** The idea in one picture: start and end of each token in per cent of the width, oldest at the bottom. */
const tokens = [
  { from: 0, to: 30, y: 104 },
  { from: 26, to: 54, y: 82 },
  { from: 50, to: 79, y: 60 },
] as const;
const today = 84;

export function Idea() {
  return (
    <figure className="idea">
      <svg className="life ruler" role="img" aria-label={firstRunText.ideaLabel}>
        {Array.from({ length: 25 }, (_, index) => {
          const x = (index / 24) * 100;
          const isLong = index % 6 === 0;
          return (
            <line
              key={x}
              className={isLong ? 'tick' : 'tick minor'}
              x1={`${x}%`}
              x2={`${x}%`}
              y1="126"
              y2={isLong ? 135 : 131}
            />
          );
        })}
        <line className="tick minor" x1="0%" x2="100%" y1="126" y2="126" />
        {tokens.map(({ from, to, y }, index) => (
          <g key={from}>
            {index === 0 ? null : <line className="born" x1={`${from}%`} x2={`${from}%`} y1={y - 5} y2={y + 22} />}
            <line className="past" x1={`${from}%`} x2={`${to}%`} y1={y} y2={y} />
            <line className="cap" x1={`${to}%`} x2={`${to}%`} y1={y - 6} y2={y + 6} />
          </g>
        ))}
        <g className="live">
          <line className="newb" x1="75%" x2="75%" y1="33" y2="60" />
          <line className="newp" x1="75%" x2={`${today}%`} y1="38" y2="38" />
        </g>
        <line className="policy" x1={`${today}%`} x2="100%" y1="38" y2="38" />
        <line className="today" x1={`${today}%`} x2={`${today}%`} y1="18" y2="135" />
        <text className="now" x={`${today}%`} y="11" textAnchor="middle">
          {firstRunText.today}
        </text>
      </svg>
      <figcaption>{firstRunText.idea}</figcaption>
    </figure>
  );
}
