import type { Account } from '../../../shared/contract/account.ts';
import { Icon } from '../../parts/icon.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { dueGroupNames, inventoryText } from '../../text/inventory.ts';
import type { ProjectName } from '../../text/project-names.ts';
import { kindNames, tokenCount } from '../../text/tokens.ts';
import type { GroupLine } from './use-token-table.ts';

interface GroupRowProps {
  readonly line: GroupLine;
  readonly id: string | undefined;
  readonly index: number;
  readonly top: number;
  readonly accounts: readonly Account[];
  readonly projectName: ProjectName;
  readonly isCursor: boolean;
  /** It stays under the head while its tokens scroll past. */
  readonly isPinned: boolean;
  readonly onFold: () => void;
}

export function GroupRow({ line, id, index, top, accounts, projectName, isCursor, isPinned, onFold }: GroupRowProps) {
  const classes = ['row', 'group', isPinned ? 'pinned' : '', isCursor ? 'cursor' : ''];
  const grouping = useRondo((state) => state.grouping);
  const { name, more } = groupWords(grouping, line.value, { accounts, projectName });
  return (
    <tr
      id={id}
      aria-rowindex={index}
      aria-level={1}
      aria-expanded={!line.folded}
      aria-current={isCursor || undefined}
      className={classes.filter(Boolean).join(' ')}
      style={isPinned ? {} : { transform: `translateY(${top}px)` }}
    >
      <td colSpan={8} className="group-cell">
        <button type="button" tabIndex={-1} className="fold" aria-expanded={!line.folded} onClick={onFold}>
          <Icon name={line.folded ? 'right' : 'down'} small />
          <b className="cut">{name}</b>
          {more === undefined ? null : <span className="cut">{more}</span>}
          <span className="end">{tokenCount(line.tokens)}</span>
        </button>
      </td>
    </tr>
  );
}

function groupWords(
  grouping: string,
  value: string,
  { accounts, projectName }: Pick<GroupRowProps, 'accounts' | 'projectName'>,
): { name: string; more?: string } {
  switch (grouping) {
    case 'due':
      return { name: value in dueGroupNames ? dueGroupNames[value as keyof typeof dueGroupNames] : value };
    case 'account': {
      const account = accounts.find(({ id }) => id === value);
      return account === undefined
        ? { name: value }
        : { name: account.name, more: `${account.host} as ${account.login}` };
    }
    case 'kind':
      return { name: value === 'personal' ? kindNames.personal : kindNames.project };
    case 'project':
      return value === '' ? { name: inventoryText.noProject } : { name: projectName(value), more: value };
    case 'owner':
      return { name: value === '' ? inventoryText.noOwner : value };
    default:
      return { name: value };
  }
}
