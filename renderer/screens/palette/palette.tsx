import { useMemo, useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import { CommandList } from '../../parts/command-list.tsx';
import { BareDialog } from '../../parts/dialog.tsx';
import { useNow, useRondo, useRondoStore } from '../../state/use-rondo.tsx';
import { paletteText } from '../../text/acts.ts';
import { commandsFor } from './commands.tsx';

export function Palette({ inventory }: { inventory: Inventory }) {
  const store = useRondoStore();
  const closed = useRondo((state) => state.closed);
  const now = useNow();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const rotations = useRondo((state) => state.rotations);
  const groups = useMemo(
    () => commandsFor(query, { inventory, rotations, nowMs: now }, store.getState()),
    [query, inventory, rotations, now, store],
  );
  const amount = groups.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <BareDialog label={paletteText.label} first={field} onClose={closed}>
      <CommandList
        fieldRef={field}
        label={paletteText.label}
        hint={paletteText.hint}
        found={query === '' ? '' : paletteText.found(amount)}
        nothing={paletteText.nothing(query.trim())}
        query={query}
        groups={groups}
        onQuery={setQuery}
        foot={(marked) => (
          <div className="keys" aria-hidden="true">
            {amount === 0 || marked === undefined ? null : (
              <>
                <span>
                  <kbd>Enter</kbd>
                  {marked.enter}
                </span>
                <span>
                  <kbd>↑ ↓</kbd>
                  {paletteText.move}
                </span>
              </>
            )}
            <span className="push">
              <kbd>Esc</kbd>
              {paletteText.esc}
            </span>
          </div>
        )}
      />
    </BareDialog>
  );
}
