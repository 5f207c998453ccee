import { useMemo } from 'react';
import type { Token } from '../../../shared/contract/token.ts';
import type { Choice } from '../../parts/choice-popup.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ChoiceMenu } from '../../parts/menu.tsx';
import { filterCount, mayDo } from '../../state/list-filter.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { inventoryText } from '../../text/inventory.ts';
import { kindWords, mayWords, valueWords } from '../../text/tokens.ts';

const words = inventoryText.filters;
const any: Choice<string> = { value: 'any', label: words.any };

export function Filters({ tokens, shown }: { tokens: readonly Token[]; shown: string }) {
  const filter = useRondo((state) => state.filter);
  const filtered = useRondo((state) => state.filtered);
  const filterCleared = useRondo((state) => state.filterCleared);
  const mays = useMemo(
    () => [...new Set(tokens.map(mayDo))].toSorted().map((may) => ({ value: may, label: mayWords(may) })),
    [tokens],
  );
  return (
    <div className="chips">
      <FilterChip
        name={words.kind}
        value={filter.kind}
        choices={[
          { value: 'personal', label: kindWords.personal },
          { value: 'project', label: kindWords.project },
        ]}
        onChoose={(value) => filtered({ kind: value === 'personal' || value === 'project' ? value : 'any' })}
      />
      <FilterChip name={words.may} value={filter.may} choices={mays} onChoose={(may) => filtered({ may })} />
      <FilterChip
        name={words.due}
        value={String(filter.dueWithinDays)}
        choices={[7, 30, 90].map((days) => ({ value: String(days), label: words.days(days) }))}
        onChoose={(value) => filtered({ dueWithinDays: value === 'any' ? 'any' : Number(value) })}
      />
      <FilterChip
        name={words.value}
        value={filter.value}
        choices={(['sealed', 'kept', 'none'] as const).map((value) => ({ value, label: valueWords[value] }))}
        onChoose={(value) =>
          filtered({ value: value === 'sealed' || value === 'kept' || value === 'none' ? value : 'any' })
        }
      />
      <button
        type="button"
        className={filter.past === 'shown' ? 'chip on' : 'chip'}
        aria-pressed={filter.past === 'shown'}
        onClick={() => filtered({ past: filter.past === 'shown' ? 'hidden' : 'shown' })}
      >
        {words.past}: <b>{filter.past === 'shown' ? words.shown : words.hidden}</b>
      </button>
      {filterCount(filter) > 0 ? (
        <button type="button" className="chip add" onClick={filterCleared}>
          <Icon name="close" small />
          {words.all}
        </button>
      ) : null}
      <span className="count" role="status">
        {shown}
      </span>
    </div>
  );
}

interface FilterChipProps {
  readonly name: string;
  readonly value: string;
  readonly choices: readonly Choice<string>[];
  readonly onChoose: (value: string) => void;
}

/** An active chip carries its own way out. */
function FilterChip({ name, value, choices, onChoose }: FilterChipProps) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <span className="chipset">
      <ChoiceMenu
        className={chosen === undefined ? 'chip' : 'chip on'}
        value={value}
        choices={[any, ...choices]}
        onChoose={onChoose}
      >
        {chosen === undefined ? (
          name
        ) : (
          <>
            {name}: <b>{chosen.label}</b>
          </>
        )}
      </ChoiceMenu>
      {chosen === undefined ? null : (
        <button type="button" className="chip on off" aria-label={words.remove(name)} onClick={() => onChoose('any')}>
          <Icon name="close" small />
        </button>
      )}
    </span>
  );
}
