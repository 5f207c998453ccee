import type { Inventory } from '../../../shared/contract/inventory.ts';
import { Button } from '../../parts/button.tsx';
import { Mark } from '../../parts/mark.tsx';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { frameText } from '../../text/frame.ts';
import { ClipboardReading } from './clipboard-reading.tsx';

interface TitleBarProps {
  readonly inventory: Inventory;
  /** A button of the bar is gone that had the focus. */
  readonly onFocusLost: () => void;
}

export function TitleBar({ inventory, onFocusLost }: TitleBarProps) {
  const opened = useRondo((state) => state.opened);
  const sync = useRondo((state) => state.sync);
  const syncPressed = useRondo((state) => state.syncPressed);
  const now = useNow(30_000);
  const oldest = inventory.accounts.map(({ lastSyncAt }) => lastSyncAt ?? '').toSorted()[0];
  const words =
    sync.is === 'running'
      ? frameText.syncing(sync.done, sync.total)
      : oldest === undefined || oldest === ''
        ? frameText.neverSynced
        : frameText.synced(oldest, now);
  return (
    <header className="titlebar">
      <span className="brand">
        <Mark className="tiny" />
        <span className="brand-name">{frameText.app}</span>
      </span>
      <span className="end">
        <ClipboardReading onFocusLost={onFocusLost} />
        {inventory.accounts.length === 0 ? null : (
          <Button look="quiet" icon="rotate" onClick={() => void syncPressed()} busy={sync.is === 'running'}>
            {words}
          </Button>
        )}
        <Button
          look="quiet"
          icon="search"
          keys="Ctrl K"
          aria-keyshortcuts="Control+K"
          onClick={() => opened({ open: 'palette' })}
        >
          {frameText.findOrDo}
        </Button>
      </span>
    </header>
  );
}
