import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AuditEntry } from '../../../shared/contract/audit.ts';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyRuler } from '../../parts/empty-ruler.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Note } from '../../parts/note.tsx';
import { ReadFailed } from '../../parts/read-failed.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import type { ActivityView } from '../../state/activity.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { activityText, actWords, detailWords } from '../../text/audit.ts';
import { exactTime, longDay } from '../../text/dates.ts';
import { searchFieldId } from '../frame/keys.ts';

const rowHeight = 34;
const headHeight = 30;

export function ActivityScreen({ inventory }: { inventory: Inventory }) {
  const activity = useRondo((state) => state.activity);
  const activityOpened = useRondo((state) => state.activityOpened);
  const [search, setSearch] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusKept(heading, activity.is);
  const names = useMemo(
    () =>
      new Map([
        ...inventory.accounts.map(({ id, name }) => [id, name] as const),
        ...inventory.tokens.map(({ id, label }) => [id, label] as const),
      ]),
    [inventory.accounts, inventory.tokens],
  );

  // Again with every new inventory: whatever changed it is an entry.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    void activityOpened();
  }, [activityOpened, inventory]);

  const entries = activity.is === 'read' ? activity.entries : [];
  const shown = useMemo(() => entries.filter((entry) => matches(entry, search, names)), [entries, search, names]);
  return (
    <div className="page">
      <div className="row-between wrapping">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {activityText.title}
          </h1>
          <p className="t2">{activityText.about}</p>
        </div>
        <div className="tools">
          <SearchField
            id={searchFieldId}
            label={activityText.filter}
            hint={activityText.filterHint}
            value={search}
            onChange={setSearch}
          />
          <Chain activity={activity} />
        </div>
      </div>
      <ChainNote activity={activity} />
      {activity.is === 'failed' ? (
        <ReadFailed what={activityText.unread} failure={activity.failure} onAgain={activityOpened} />
      ) : activity.is === 'read' && shown.length === 0 ? (
        <NoEntries entries={entries.length} search={search} onClear={() => setSearch('')} />
      ) : (
        <Log entries={shown} names={names} />
      )}
    </div>
  );
}

interface NoEntriesProps {
  readonly entries: number;
  readonly search: string;
  readonly onClear: () => void;
}

function NoEntries({ entries, search, onClear }: NoEntriesProps) {
  if (entries === 0) return <p className="nothing">{activityText.none}</p>;
  function clear() {
    // The button goes with what it clears.
    document.getElementById(searchFieldId)?.focus();
    onClear();
  }
  return (
    <div className="nothing" role="status">
      <EmptyRuler />
      <p>{activityText.noMatch(search.trim(), entries)}</p>
      <Button onClick={clear}>{activityText.clear}</Button>
    </div>
  );
}

function Chain({ activity }: { activity: ActivityView }) {
  const chainChecked = useRondo((state) => state.chainChecked);
  const isChecking = activity.is === 'read' && activity.chain.is === 'checking';
  return (
    <Button icon="chain" onClick={() => void chainChecked()} disabled={activity.is !== 'read'} busy={isChecking}>
      {isChecking ? activityText.verifying : activityText.verify}
    </Button>
  );
}

function ChainNote({ activity }: { activity: ActivityView }) {
  if (activity.is !== 'read') return null;
  const { chain } = activity;
  if (chain.is === 'whole') return <Note icon="done" title={activityText.whole(chain.entries, chain.at)} live />;
  if (chain.is !== 'broken') return null;
  return (
    <Note tone="danger" title={activityText.broken(chain.at)} live>
      {activityText.brokenHint}
    </Note>
  );
}

function Log({ entries, names }: { entries: readonly AuditEntry[]; names: ReadonlyMap<string, string> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
  });
  const { columns } = activityText;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section className="rows log" ref={scroller} tabIndex={0} aria-label={activityText.table}>
      <table className="tbl" aria-label={activityText.table} aria-rowcount={entries.length + 1}>
        <thead>
          <tr className="row head entry" aria-rowindex={1}>
            {[columns.at, columns.act, columns.subject, columns.detail, columns.actor].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="rows-all" style={{ height: `${virtual.getTotalSize()}px` }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const entry = entries[index];
            if (entry === undefined) return null;
            const subject = entry.subject === undefined ? undefined : names.get(entry.subject);
            return (
              <Entry key={entry.hash} entry={entry} subject={subject} index={index + 2} top={start - headHeight} />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface EntryProps {
  readonly entry: AuditEntry;
  readonly subject: string | undefined;
  readonly index: number;
  readonly top: number;
}

function Entry({ entry, subject, index, top }: EntryProps) {
  return (
    <tr aria-rowindex={index} className="row entry" style={{ transform: `translateY(${top}px)` }}>
      <td className="mono t2">
        <time dateTime={entry.at}>
          {longDay(entry.at)} {exactTime(entry.at)}
        </time>
      </td>
      <td>
        <span className={entry.outcome === 'failed' ? 'state danger' : 'state'}>
          <Icon name={entry.outcome === 'failed' ? 'failed' : 'check'} small />
          <span className="cut">{actWords(entry)}</span>
        </span>
      </td>
      <td className="cut strong">{subject}</td>
      <td className="cut t2">{detailWords(entry)}</td>
      <td className="cut t3">{entry.actor}</td>
    </tr>
  );
}

function matches(entry: AuditEntry, search: string, names: ReadonlyMap<string, string>): boolean {
  if (search.trim() === '') return true;
  const subject = entry.subject === undefined ? '' : names.get(entry.subject);
  const text = [actWords(entry), subject, entry.actor, entry.detail].join('\n').toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .trim()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
