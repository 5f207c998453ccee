import { useRef } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Id } from '../../../shared/ids.ts';
import { MayBadge } from '../../parts/badges.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { WithTail } from '../../parts/with-tail.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { afterTaking } from '../../state/waits.ts';
import { takeText } from '../../text/take.ts';
import { tokenNames } from '../../text/token-names.ts';
import { named } from '../../text/tokens.ts';
import { TakePanel } from './take-panel.tsx';

export function TakeDialog({ inventory, id }: { inventory: Inventory; id: Id }) {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const takenPressed = useRondo((state) => state.takenPressed);
  const rotations = useRondo((state) => state.rotations);
  const copy = useRef<HTMLButtonElement>(null);
  const token = inventory.tokens.find((candidate) => candidate.id === id);
  if (token === undefined) return null;
  const making = [...rotations.values()].filter(({ replacement }) => replacement === id);
  return (
    <Dialog
      small
      title={<WithTail words={takeText.title(named(token))} tail={token.tail} />}
      about={tokenNames(inventory).about(token)}
      badge={<MayBadge token={token} />}
      first={copy}
      onClose={closed}
    >
      <TakePanel
        token={token}
        isTaken={making.some(({ taken }) => taken === true)}
        then={making.map(afterTaking).find((after) => after !== undefined)}
        copyRef={copy}
        onDone={() =>
          dialogActed(() => takenPressed(id), { title: takeText.doneMeanwhile(named(token)), when: 'closed' })
        }
        onLater={closed}
      />
    </Dialog>
  );
}
