import { type RefObject, useRef } from 'react';
import { Button, IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ChoiceMenu } from '../../parts/menu.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { groupings, sortings } from '../../state/list.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { groupingNames, inventoryText, sortNames } from '../../text/inventory.ts';
import { searchFieldId } from '../frame/keys.ts';

interface ToolbarProps {
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
  readonly onDown: () => void;
}

export function Toolbar({ headingRef, onDown }: ToolbarProps) {
  const search = useRondo((state) => state.search);
  const searched = useRondo((state) => state.searched);
  const grouping = useRondo((state) => state.grouping);
  const groupedBy = useRondo((state) => state.groupedBy);
  const sorting = useRondo((state) => state.sorting);
  const sortedBy = useRondo((state) => state.sortedBy);
  const opened = useRondo((state) => state.opened);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="toolbar">
      <h1 ref={headingRef} tabIndex={-1}>
        {inventoryText.title}
      </h1>
      <SearchField
        ref={field}
        id={searchFieldId}
        label={inventoryText.search}
        hint={inventoryText.searchHint}
        value={search}
        onChange={searched}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && search !== '') {
            event.preventDefault();
            event.stopPropagation();
            searched('');
          } else if (event.key === 'ArrowDown' || event.key === 'Enter' || event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onDown();
          }
        }}
      >
        {search === '' ? (
          <kbd aria-hidden className="push">
            /
          </kbd>
        ) : (
          // For the mouse: Escape does it where the focus is.
          <IconButton
            icon="close"
            label={inventoryText.clearSearch}
            tabIndex={-1}
            onClick={() => {
              searched('');
              field.current?.focus();
            }}
          />
        )}
      </SearchField>
      <span className="sp" />
      <ChoiceMenu
        label={inventoryText.grouping}
        className="btn quiet"
        value={grouping}
        choices={groupings.map((value) => ({ value, label: groupingNames[value] }))}
        onChoose={groupedBy}
      >
        <Icon name="group" small />
        <span className="wide-only">{groupingNames[grouping]}</span>
      </ChoiceMenu>
      <ChoiceMenu
        label={inventoryText.sorting}
        className="btn quiet"
        value={sorting.by}
        choices={sortings.map((value) => ({ value, label: sortNames[value] }))}
        onChoose={sortedBy}
      >
        <Icon name="sort" small />
        <span className="wide-only">{sortNames[sorting.by]}</span>
      </ChoiceMenu>
      <Button icon="add" onClick={() => opened({ open: 'create', kind: 'project' })}>
        {inventoryText.create}
      </Button>
    </div>
  );
}
