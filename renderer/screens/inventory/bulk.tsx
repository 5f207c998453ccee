import { Button } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { inventoryText } from '../../text/inventory.ts';

/** What can be done with several at once; it stands between the filters and the list while any are chosen. */
export function Bulk() {
  const chosen = useRondo((state) => state.chosen);
  const choiceChanged = useRondo((state) => state.choiceChanged);
  const rotatePressed = useRondo((state) => state.rotatePressed);
  const opened = useRondo((state) => state.opened);
  const ids = [...chosen];
  return (
    <section className="bulk" aria-label={inventoryText.chosen(ids.length)}>
      <strong className="strong" role="status">
        {inventoryText.chosen(ids.length)}
      </strong>
      <Button look="primary" icon="rotate" onClick={() => rotatePressed(ids)}>
        {inventoryText.rotateChosen(ids.length)}
      </Button>
      <Button icon="remove" look="danger" onClick={() => opened({ open: 'delete', ids })}>
        {inventoryText.deleteChosen(ids.length)}
      </Button>
      <Button look="quiet" onClick={() => choiceChanged([])}>
        {inventoryText.unchoose}
      </Button>
    </section>
  );
}
