import { type RefCallback, type RefObject, useCallback } from 'react';

/** An element, or a field that keeps its element to itself. */
export type Focusable = RefObject<{ focus(): void } | null>;

/**
 * For the popup of a dialog. The focus is in it before the next key: whoever types on at once types nothing into the page
 * behind. With the dialog it goes back to what had it in the page, or else to what stands in that place.
 *
 * Both happen in a microtask: after all that the page draws at once, and before the next key. Where one dialog takes
 * another's place, React takes the other away first: that one gives the focus back, and this one finds it in the page.
 */
export function useDialogFocus(first: Focusable): RefCallback<HTMLElement> {
  return useCallback(
    (popup) => {
      let opener: Element | null = null;
      let around: Element | null = null;
      queueMicrotask(() => {
        opener = document.activeElement === document.body ? null : document.activeElement;
        around = opener?.parentElement ?? null;
        first.current?.focus();
        // What is first may not be there, or be a button that cannot be pressed.
        if (popup?.contains(document.activeElement) === false) popup.focus();
      });
      return () => queueMicrotask(() => giveBack(opener, around));
    },
    [first],
  );
}

const stops = 'a[href], button, input, textarea, [tabindex="0"]';

/** What was agreed to may have taken the opener away, what stood around it, or the whole screen. */
function giveBack(opener: Element | null, around: Element | null): void {
  for (const place of [opener, ...(around?.querySelectorAll(stops) ?? [])]) {
    if (!(place instanceof HTMLElement)) continue;
    place.focus({ preventScroll: true });
    if (document.activeElement === place) return;
  }
  if (document.activeElement === document.body) document.querySelector('main')?.focus();
}
