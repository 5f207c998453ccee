import type { ReactNode } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { YearRuler } from '../../parts/ruler.tsx';
import type { SortBy } from '../../state/list.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { inventoryText } from '../../text/inventory.ts';

export function GridHead() {
  const { columns, ruler } = inventoryText;
  const grouping = useRondo((state) => state.grouping);
  return (
    <thead>
      <tr className="row head inv" aria-rowindex={1}>
        <th scope="col" className="kind">
          <span className="sr">{columns.choose}</span>
        </th>
        <SortHead by="label">{columns.label}</SortHead>
        {grouping === 'project' ? (
          <th scope="col" className="col-project">
            {columns.account}
          </th>
        ) : (
          <SortHead by="project" className="col-project">
            {columns.project}
          </SortHead>
        )}
        <th scope="col" className="col-may">
          {columns.may}
        </th>
        <th scope="col" className="col-life">
          <span className="sr">{columns.life}</span>
          <YearRuler {...ruler} />
        </th>
        <SortHead by="due" className="col-state">
          {columns.state}
        </SortHead>
        <th scope="col" className="col-value">
          {columns.value}
        </th>
        <SortHead by="checked" className="r col-seen">
          {columns.seen}
        </SortHead>
      </tr>
    </thead>
  );
}

interface SortHeadProps {
  readonly by: SortBy;
  readonly className?: string;
  readonly children: ReactNode;
}

/** For the mouse: the grid is one stop of Tab, and the keyboard has the menu, which knows every order. */
function SortHead({ by, className, children }: SortHeadProps) {
  const sorting = useRondo((state) => state.sorting);
  const sortedBy = useRondo((state) => state.sortedBy);
  const direction = sorting.by !== by ? 'none' : sorting.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={className} aria-sort={direction}>
      <button
        type="button"
        tabIndex={-1}
        className="sort"
        onClick={(event) => {
          sortedBy(by);
          // The next key is the list's.
          event.currentTarget.closest('table')?.focus();
        }}
      >
        {children}
        {direction === 'none' ? null : <Icon name={direction} />}
      </button>
    </th>
  );
}
