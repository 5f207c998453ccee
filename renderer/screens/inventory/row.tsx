import { memo } from 'react';
import type { Id } from '../../../shared/ids.ts';
import { KindIcon, MayBadge, StandingMark, ValueMark } from '../../parts/badges.tsx';
import { Icon } from '../../parts/icon.tsx';
import { lifeOf, yearMeasure } from '../../parts/life.ts';
import { LifeLine } from '../../parts/life-line.tsx';
import { isPast } from '../../state/standing.ts';
import { ago } from '../../text/dates.ts';
import { inventoryText } from '../../text/inventory.ts';
import { kindNames, lifeWords, named } from '../../text/tokens.ts';
import type { Row } from './columns.ts';

interface TokenRowProps {
  readonly row: Row;
  readonly id: string | undefined;
  readonly index: number;
  readonly top: number;
  readonly now: number;
  readonly earlier: Row['token'] | undefined;
  /** What the project's column says. */
  readonly place: string;
  readonly isCursor: boolean;
  readonly isChosen: boolean;
  readonly isChoosing: boolean;
  readonly onPoint: (id: Id) => void;
  readonly onOpen: () => void;
  readonly onChoose: (id: Id) => void;
}

export const TokenRow = memo(function TokenRow(props: TokenRowProps) {
  const { row, id, index, top, now, earlier, place, isCursor, isChosen, isChoosing } = props;
  const { token, standing } = row;
  // Nothing can be done with several of those that are gone.
  const isForChoice = !isPast(token);
  const classes = ['row', 'inv', isForChoice ? '' : 'past', isCursor ? 'cursor' : '', isChosen ? 'chosen' : ''];
  return (
    // The grid takes the keys, as its active descendant this row takes none.
    <tr
      id={id}
      aria-rowindex={index}
      aria-level={2}
      aria-selected={isForChoice ? isChosen : undefined}
      aria-current={isCursor || undefined}
      className={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => props.onPoint(token.id)}
      onDoubleClick={props.onOpen}
    >
      <td className="kind">
        {isForChoice ? (
          <button
            type="button"
            tabIndex={-1}
            className={isChoosing ? 'choose always' : 'choose'}
            aria-pressed={isChosen}
            aria-label={inventoryText.choose(named(token))}
            onClick={(event) => {
              event.stopPropagation();
              props.onChoose(token.id);
            }}
          >
            <span className={isChosen ? 'check on' : 'check'}>{isChosen ? <Icon name="check" /> : null}</span>
          </button>
        ) : null}
        <span className={isForChoice && isChoosing ? 'kind-icon hidden' : 'kind-icon'}>
          <KindIcon kind={token.kind} />
        </span>
        <span className="sr">{kindNames[token.kind]}</span>
      </td>
      <td className="name">
        <span className="cut">{token.label}</span>
        {token.tail === undefined ? null : <span className="tail">{token.tail}</span>}
      </td>
      <td className="cut t2 col-project">{place}</td>
      <td className="col-may">
        <MayBadge token={token} />
      </td>
      <td className="col-life">
        <LifeLine life={lifeOf(token, now, yearMeasure(now), earlier)} label={lifeWords(token, standing)} today={50} />
      </td>
      <td className="col-state">
        <StandingMark standing={standing} />
      </td>
      <td className="col-value">
        <ValueMark value={token.hasValue} />
      </td>
      <td className="r t2 col-seen">{ago(token.lastSeenAt, now)}</td>
    </tr>
  );
});
