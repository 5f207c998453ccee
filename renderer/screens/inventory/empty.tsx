import { Button } from '../../parts/button.tsx';
import { EmptyRuler } from '../../parts/empty-ruler.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { frameText } from '../../text/frame.ts';
import { inventoryText } from '../../text/inventory.ts';

/** An empty ruler with its today line, one sentence, one button. */
export function Empty({ hasAccount }: { hasAccount: boolean }) {
  const opened = useRondo((state) => state.opened);
  const syncPressed = useRondo((state) => state.syncPressed);
  const sync = useRondo((state) => state.sync);
  const isSyncing = sync.is === 'running';
  return (
    <div className="nothing">
      <EmptyRuler />
      <p>{!hasAccount ? inventoryText.emptyNoAccount : isSyncing ? inventoryText.firstSync : inventoryText.empty}</p>
      {hasAccount ? (
        <Button icon="rotate" onClick={() => void syncPressed()} busy={isSyncing}>
          {isSyncing ? frameText.syncing(sync.done, sync.total) : frameText.sync}
        </Button>
      ) : (
        <Button look="primary" icon="add" onClick={() => opened({ open: 'connect' })}>
          {inventoryText.addAccount}
        </Button>
      )}
    </div>
  );
}

/** Nothing but what CircleCI does not list any more, which the usual view hides. */
export function OnlyPast() {
  const filtered = useRondo((state) => state.filtered);
  const went = useRondo((state) => state.went);
  return (
    <div className="nothing" role="status">
      <EmptyRuler />
      <p>{inventoryText.onlyPast}</p>
      <Button
        onClick={() => {
          filtered({ past: 'shown' });
          went({ at: 'inventory' });
        }}
      >
        {inventoryText.showPast}
      </Button>
    </div>
  );
}
