import { type RefObject, useEffect } from 'react';
import { keyName, openDialogs } from '../frame/keys.ts';

/** What takes letters itself. A radio or a box does not, and only dialogs have any. */
const elsewhere = 'input, textarea, [role="menu"] *, [role="listbox"] *';

/**
 * C copies, and Ctrl+C where nothing is selected, while this panel is in sight: except into a field, a menu or a dialog that
 * is about something else.
 */
export function useCopyKey(panel: RefObject<HTMLElement | null>, copy: (() => Promise<void>) | undefined): void {
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      // Held down it would copy what the press itself has only opened.
      if (keyName(event) !== 'c' || event.repeat || event.altKey || event.defaultPrevented) return;
      // Words of the page that somebody has selected are copied as anywhere.
      if ((event.ctrlKey || event.metaKey) && document.getSelection()?.isCollapsed === false) return;
      if (event.target instanceof HTMLElement && event.target.matches(elsewhere)) return;
      // SECURITY: a rotation keeps its panel behind a dialog, and C there would copy a value that nobody sees.
      if (openDialogs().some((dialog) => !dialog.contains(panel.current))) return;
      event.preventDefault();
      void copy?.();
    }
    document.addEventListener('keydown', pressed, { capture: true });
    return () => document.removeEventListener('keydown', pressed, { capture: true });
  });
}
