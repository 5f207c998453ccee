import { Autocomplete } from '@base-ui/react/autocomplete';
import { type ReactNode, type Ref, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface Command {
  readonly key: string;
  readonly icon: IconName;
  readonly name: string;
  readonly more?: string;
  readonly end?: ReactNode;
  /** What Enter does here, for the foot. */
  readonly enter: string;
  readonly run: () => void;
}

export interface CommandGroup {
  readonly name: string;
  readonly items: readonly Command[];
}

interface CommandListProps {
  readonly label: string;
  readonly hint: string;
  readonly found: string;
  readonly nothing: string;
  readonly query: string;
  readonly fieldRef: Ref<HTMLInputElement>;
  readonly groups: readonly CommandGroup[];
  readonly onQuery: (query: string) => void;
  /** `marked`: the line that Enter does. */
  readonly foot: (marked: Command | undefined) => ReactNode;
}

/** A field over a list of which always one line is marked: Enter does it. The list comes already filtered. */
export function CommandList(props: CommandListProps) {
  const { label, hint, found, nothing, query, fieldRef, groups, onQuery, foot } = props;
  const [marked, setMarked] = useState<Command>();
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={query}
      onValueChange={(value) => onQuery(value)}
      onItemHighlighted={(item?: Command) => setMarked(item)}
      itemToStringValue={(item: Command) => item.name}
      autoHighlight="always"
      keepHighlight
    >
      <div className="q">
        <Icon name="search" />
        <Autocomplete.Input ref={fieldRef} className="fill" aria-label={label} placeholder={hint} spellCheck={false} />
        <span className="t3 found" role="status">
          {found}
        </span>
      </div>
      <div className="pal-scroll">
        <Autocomplete.Empty className="pal-empty">{groups.length === 0 ? nothing : null}</Autocomplete.Empty>
        {/* Without an option it is no list box. */}
        <Autocomplete.List {...(groups.length === 0 ? { role: 'presentation' } : { 'aria-label': label })}>
          {(group: CommandGroup) => (
            <Autocomplete.Group key={group.name} items={group.items}>
              <Autocomplete.GroupLabel className="pal-group">{group.name}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: Command) => (
                  <Autocomplete.Item key={item.key} value={item} className="it" onClick={item.run}>
                    <Icon name={item.icon} />
                    <span className="cut">
                      <Marked text={item.name} query={query} />
                      {item.more === undefined ? null : <span className="t3 more">{item.more}</span>}
                    </span>
                    {item.end}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
      {foot(marked)}
    </Autocomplete.Root>
  );
}

/** The letters that matched, in accent and bold: colour is not alone. */
function Marked({ text, query }: { text: string; query: string }) {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLocaleLowerCase();
  const hits = words
    .map((word) => ({ from: lower.indexOf(word), length: word.length }))
    .filter(({ from }) => from >= 0)
    .toSorted((left, right) => left.from - right.from);
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, length } of hits) {
    if (from < at) continue;
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, from + length)}</mark>);
    at = from + length;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
