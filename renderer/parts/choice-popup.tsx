import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react';
import { Icon } from './icon.tsx';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly about?: string;
}

/** A `menu` does what is chosen in it; a `listbox` is a field that holds it. */
const roles = {
  menu: { item: 'menuitemradio', checked: 'aria-checked' },
  listbox: { item: 'option', checked: 'aria-selected' },
} as const;

interface ChoicePopupProps<Value extends string> {
  readonly is: keyof typeof roles;
  readonly className: string;
  /** The button's id, for whoever labels it. */
  readonly id?: string;
  /** The label's, which names the list as well; without one the button does. */
  readonly labelId?: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
  /** It shows what is chosen, keeps the focus, and does not open. */
  readonly readOnly?: boolean;
  /** What the button shows. */
  readonly children: ReactNode;
}

/**
 * A button and a short list of which exactly one holds. The list is a popover of the browser's own: it lies above
 * everything and yet stands where its button stands, within the page's landmarks and within an open dialog, needs no
 * hidden stops around it that catch the focus, closes when one clicks elsewhere, and gives the focus back.
 */
export function ChoicePopup<Value extends string>(props: ChoicePopupProps<Value>) {
  const { is, className, id, labelId, value, choices, onChoose, readOnly = false, children } = props;
  const [isOpen, setOpen] = useState(false);
  const ownId = useId();
  const popupId = useId();
  const buttonId = id ?? ownId;
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const { item: role, checked } = roles[is];

  const items = () => [...(popup.current?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];
  function toggled({ newState }: ToggleEvent) {
    setOpen(newState === 'open');
    if (newState === 'open')
      items()[
        Math.max(
          0,
          choices.findIndex((choice) => choice.value === value),
        )
      ]?.focus();
  }
  function chosen(choice: Value) {
    // First: it gives the focus back to the button, which what is chosen may take away.
    popup.current?.hidePopover();
    onChoose(choice);
  }
  function keyPressed(event: KeyboardEvent) {
    if (event.key === 'Tab') return popup.current?.hidePopover();
    if (event.key === 'Escape') popup.current?.hidePopover();
    else if (!moved(event, items())) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <button
        type="button"
        ref={button}
        id={buttonId}
        className={className}
        popoverTarget={readOnly ? undefined : popupId}
        aria-haspopup={is}
        aria-expanded={isOpen}
        {...(is === 'listbox'
          ? { role: 'combobox', 'aria-controls': popupId, 'aria-readonly': readOnly || undefined }
          : {})}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          event.stopPropagation();
          if (!isOpen) button.current?.click();
        }}
      >
        {children}
      </button>
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is one of two, and both take a name */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: and both take keys */}
      <div
        ref={popup}
        id={popupId}
        popover="auto"
        role={is}
        aria-labelledby={labelId ?? buttonId}
        className="menu"
        tabIndex={-1}
        // Before it shows, so that it has its size at once; after it has closed, so that the focus is out of it.
        onBeforeToggle={({ newState }: ToggleEvent) => (newState === 'open' ? setOpen(true) : undefined)}
        onToggle={toggled}
        onKeyDown={keyPressed}
      >
        {isOpen
          ? choices.map((choice) => (
              <button
                key={choice.value}
                type="button"
                role={role}
                {...{ [checked]: choice.value === value }}
                tabIndex={-1}
                className="menu-item"
                onClick={() => chosen(choice.value)}
              >
                <span className="tick">{choice.value === value ? <Icon name="check" small /> : null}</span>
                <span className="cut">{choice.label}</span>
                {choice.about === undefined ? null : <span className="t3">{choice.about}</span>}
              </button>
            ))
          : null}
      </div>
    </>
  );
}

/** Arrows go round, Home and End to the ends, a letter to the next that begins with it. */
function moved({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, items: readonly HTMLElement[]): boolean {
  if (ctrlKey || metaKey || altKey || items.length === 0) return false;
  const at = items.findIndex((item) => item.matches(':focus'));
  const to: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const next = to[key] ?? (key.length === 1 && key !== ' ' ? nextBy(key, items, at) : undefined);
  if (next === undefined) return false;
  items.at(next % items.length)?.focus();
  return true;
}

function nextBy(letter: string, items: readonly HTMLElement[], at: number): number {
  const begins = (item: HTMLElement) => item.textContent.toLowerCase().startsWith(letter.toLowerCase());
  const later = items.findIndex((item, index) => index > at && begins(item));
  const any = later < 0 ? items.findIndex(begins) : later;
  return any < 0 ? at : any;
}
