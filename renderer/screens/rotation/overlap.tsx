import type { Rotation } from '../../../shared/contract/rotation.ts';
import { percent } from '../../parts/life.ts';
import type { Known } from '../../state/both-tokens.ts';
import { rotationText } from '../../text/rotation.ts';
import { overlapSaid } from '../../text/stands.ts';
import { bothWordsPlace, newWordsPlace, oldWordsPlace, overlapOf, spanLabel } from './timeline.ts';

interface OverlapProps {
  readonly rotation: Rotation;
  readonly now: number;
  readonly oldTail: string | undefined;
  readonly newTail: string | undefined;
  readonly known: Known;
}

/** The life line's grammar at the scale of this rotation: the old one below, the new one above, both side by side. */
export function OverlapPicture({ rotation, now, oldTail, newTail, known }: OverlapProps) {
  const { spanMs, newFromMs, oldToMs, nowMs, bothMs } = overlapOf(rotation, now);
  const x = (ms: number) => percent(ms, { fromMs: 0, toMs: spanMs });
  const today = nowMs === undefined ? undefined : x(nowMs);
  const oldTo = oldToMs === undefined ? (today ?? 100) : x(oldToMs);
  const newTo = today ?? 100;
  const both = bothMs === undefined ? '' : overlapSaid(rotation, bothMs, known);
  const newFrom = newFromMs === undefined ? undefined : x(newFromMs);
  const newAt = newWordsPlace(newFrom ?? 0, newTo);
  const bothAt = bothWordsPlace(newFrom ?? 0, oldTo);
  // It ended before there was a new one: nothing stands above the old one's line.
  const isAlone = newFrom === undefined && today === undefined;
  // Beside its end; under its line where that goes on, or leaves no room behind it.
  const oldAt = oldWordsPlace(oldTo, isAlone);
  const isBeside = oldToMs !== undefined && oldAt.anchor === 'start';
  const oldWords = rotationText.oldToken(oldTail, rotationText.fate(rotation, known));
  return (
    <svg
      className={`life ruler meter${isAlone ? ' alone' : ''}`}
      role="img"
      aria-label={rotationText.overlapLabel(both)}
    >
      <g>
        <Ruler spanMs={spanMs} />
        {newFrom === undefined ? null : (
          <>
            <rect className="ovl" x={`${newFrom}%`} width={`${Math.max(0, oldTo - newFrom)}%`} y="40" height="18" />
            <line className="newp" x1={`${newFrom}%`} x2={`${newTo}%`} y1="34" y2="34" />
            <line className="newb" x1={`${newFrom}%`} x2={`${newFrom}%`} y1="28" y2="40" />
            <text className="nt" x={`${newAt.x}%`} y="22" dx={newAt.dx} textAnchor={newAt.anchor}>
              {rotationText.newToken(newTail)}
            </text>
            <text className="ovt" x={`${bothAt.x}%`} y="53" dx={bothAt.dx} textAnchor={bothAt.anchor}>
              {both}
            </text>
          </>
        )}
        <line className="past" x1="0%" x2={`${oldTo}%`} y1="64" y2="64" />
        {oldToMs === undefined ? (
          <line className="policy" x1={`${oldTo}%`} x2="100%" y1="64" y2="64" />
        ) : (
          <line className="cap" x1={`${oldTo}%`} x2={`${oldTo}%`} y1="57" y2="71" />
        )}
        <text className="ot" x={`${oldAt.x}%`} dx={oldAt.dx} y={isBeside ? 68 : 78} textAnchor={oldAt.anchor}>
          {oldWords}
        </text>
        {nowMs === undefined ? null : (
          <>
            <line className="today" x1={`${today}%`} x2={`${today}%`} y1="12" y2="98" />
            <text className="now" x={`${today}%`} dx="5" y="12" textAnchor="start">
              {rotationText.now(nowMs)}
            </text>
          </>
        )}
      </g>
    </svg>
  );
}

function Ruler({ spanMs }: { spanMs: number }) {
  return (
    <>
      <line className="tick minor" x1="0" x2="100%" y1="90" y2="90" />
      {Array.from({ length: 31 }, (_, index) => {
        const x = Math.round((index / 30) * 10_000) / 100;
        const isLong = index % 5 === 0;
        return (
          <g key={x}>
            <line className={isLong ? 'tick' : 'tick minor'} x1={`${x}%`} x2={`${x}%`} y1="90" y2={isLong ? 97 : 94} />
            {isLong ? (
              <text x={`${x}%`} y="111" textAnchor={index === 0 ? 'start' : index === 30 ? 'end' : 'middle'}>
                {spanLabel((spanMs / 30) * index, spanMs)}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
}
