import type { ReactNode } from 'react';
import { homeText } from '../../text/home.ts';

const words = homeText.legend;

/** The signs of a life line, each beside its word, over the today line that goes through the whole page. */
export function Legend({ hasLives }: { hasLives: boolean }) {
  return (
    <div className="keyrow">
      <TodayLine />
      {hasLives ? <Signs /> : null}
    </div>
  );
}

/** Where a row has no life of its own: the ruler goes on through it. */
export function TodayLine({ grid = [] }: { grid?: readonly number[] }) {
  return (
    <svg className="life" aria-hidden="true">
      {grid.map((x) => (
        <line key={x} className="grid" x1={`${x}%`} x2={`${x}%`} y1="0%" y2="100%" />
      ))}
      <line className="today" x1="50%" x2="50%" y1="0%" y2="100%" />
    </svg>
  );
}

function Signs() {
  return (
    <div className="key">
      <Sign word={words.lived}>
        <line className="past" x1="0" x2="18" y1="6" y2="6" />
      </Sign>
      <Sign word={words.expires}>
        <line className="next" x1="0" x2="19" y1="6" y2="6" />
        <line className="cap" x1="19" x2="19" y1="2" y2="10" />
      </Sign>
      <Sign word={words.policy}>
        <line className="policy" x1="0" x2="15" y1="6" y2="6" />
        <path className="mark" d="M14 6l3.5-3.5L21 6l-3.5 3.5z" />
      </Sign>
      <Sign word={words.rotated}>
        <line className="past" x1="9" x2="22" y1="3" y2="3" />
        <line className="prev" x1="0" x2="13" y1="9" y2="9" />
        <line className="riser" x1="9" x2="9" y1="3" y2="9" />
      </Sign>
    </div>
  );
}

function Sign({ word, children }: { word: string; children: ReactNode }) {
  return (
    <span>
      <svg className="life sample" aria-hidden="true">
        {children}
      </svg>
      {word}
    </span>
  );
}
