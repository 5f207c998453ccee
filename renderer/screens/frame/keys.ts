import { useEffect } from 'react';
import { isPast } from '../../state/standing.ts';
import type { RondoState } from '../../state/store.ts';
import { useRondoStore } from '../../state/use-rondo.tsx';

export const searchFieldId = 'search';

/**
 * The keys that work everywhere. What a field needs itself it stops on the way: a letter typed into a field is a letter.
 * While a dialog is open, whoever opened it, only locking reaches past it, and from the sheet of keys the palette.
 */
export function useKeys(): void {
  const store = useRondoStore();
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      const state = store.getState();
      if (state.vault.is !== 'open' || event.defaultPrevented) return;
      const isCommand = event.ctrlKey || event.metaKey;
      if (isCommand && !event.altKey && !event.shiftKey) {
        if (event.key.toLowerCase() === 'a') return nothingSelected(event);
        const act = { k: () => paletteAsked(state), l: () => void state.lockPressed() }[event.key.toLowerCase()];
        if (act === undefined) return;
        event.preventDefault();
        return act();
      }
      // A key that is held is pressed once.
      if (isCommand || event.altKey || event.repeat || isTyping(event.target)) return;
      if (state.overlay.open !== 'none' || openDialogs().length > 0) return;
      const act = plainKey(keyName(event), store);
      if (act === undefined) return;
      event.preventDefault();
      act();
    }
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [store]);
}

/** What a key is called here. With Caps Lock on a letter arrives as a capital and means the same; with Shift it means nothing. */
export function keyName({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  if (!isLetter) return key;
  return shiftKey ? '' : key.toLowerCase();
}

/** Also a screen's own questions, which the store knows nothing of. */
export function openDialogs(): readonly Element[] {
  return [...document.querySelectorAll('[role="dialog"]')];
}

/** The list chooses its rows, a field selects its text; anywhere else the words of the page would turn blue. */
function nothingSelected(event: KeyboardEvent): void {
  if (!isTyping(event.target)) event.preventDefault();
}

/** Never over a form or a question: what was typed there would be gone. */
function paletteAsked({ overlay, opened }: RondoState): void {
  const isFree = overlay.open === 'none' && openDialogs().length === 0;
  if (isFree || overlay.open === 'keys') opened({ open: 'palette' });
}

function plainKey(key: string, store: ReturnType<typeof useRondoStore>): (() => void) | undefined {
  const {
    place,
    cursor,
    inventory,
    opened,
    rotatePressed,
    went,
    wentBack,
    trail,
    chosen,
    chosenInSight,
    choiceChanged,
  } = store.getState();
  const tokens = inventory.is === 'read' && place.at === 'inventory' ? inventory.value.tokens : [];
  const token = tokens.find(({ id }) => id === cursor);
  const underCursor = token === undefined || isPast(token) ? [] : [token.id];
  /** What an act is about: those that are chosen and in sight, or else the one under the cursor. */
  const meant = place.at === 'inventory' && chosenInSight.length > 0 ? chosenInSight : underCursor;
  switch (key) {
    case '?':
      return () => opened({ open: 'keys' });
    case '/':
      return () => {
        if (document.getElementById(searchFieldId) === null) went({ at: 'inventory' });
        // Once the screen is there, and before the next key: that one already belongs to the field.
        queueMicrotask(focusSearch);
      };
    case 'n':
      return () => opened({ open: 'create', kind: 'project' });
    case 'r':
      return meant.length === 0 ? undefined : () => rotatePressed(meant);
    case 'Delete':
    // A Mac's key that is called delete.
    case 'Backspace':
      return meant.length === 0 ? undefined : () => opened({ open: 'delete', ids: meant });
    case 'c':
      return token === undefined || token.hasValue === 'none'
        ? undefined
        : () => opened({ open: 'take', token: token.id });
    case 'Escape':
      if (trail.length > 0) return wentBack;
      return chosen.size > 0 ? () => choiceChanged([]) : undefined;
    default:
      return undefined;
  }
}

function focusSearch(): void {
  const field = document.getElementById(searchFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input, textarea, [contenteditable], [role="menu"] *, [role="listbox"] *')
  );
}
