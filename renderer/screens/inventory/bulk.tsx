import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { inventoryText } from '../../text/inventory.ts';

/** What can be done with several at once; it stands between the filters and the list while any are chosen. */
export function Bulk({ chosen, inSight }: { chosen: number; inSight: readonly Id[] }) {
  const choiceChanged = useRondo((state) => state.choiceChanged);
  const rotatePressed = useRondo((state) => state.rotatePressed);
  const opened = useRondo((state) => state.opened);
  const words = inventoryText.chosen(chosen, inSight.length);
  return (
    <section className="bulk" aria-label={words}>
      <strong className="strong" role="status">
        {words}
      </strong>
      {inSight.length === 0 ? null : (
        <>
          <Button look="primary" icon="rotate" onClick={() => rotatePressed(inSight)}>
            {inventoryText.rotateChosen(inSight.length)}
          </Button>
          <Button icon="remove" look="danger" onClick={() => opened({ open: 'delete', ids: inSight })}>
            {inventoryText.deleteChosen(inSight.length)}
          </Button>
        </>
      )}
      <Button look="quiet" onClick={() => choiceChanged([])}>
        {inventoryText.unchoose}
      </Button>
    </section>
  );
}
