import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import { FieldFrame } from './field-frame.tsx';
import { Icon } from './icon.tsx';

/** How a form gets at what was typed: as bytes, which it may overwrite. The text itself never leaves the field. */
export interface SecretHandle {
  /**
   * The bytes of the NFKC form, as the vault derives its key from: a password is the same whichever way a keyboard or a
   * paste spells it. Without the line end of a paste; the field is empty afterwards.
   */
  take(): Uint8Array;
  focus(): void;
}

interface SecretFieldProps {
  readonly label: string;
  readonly about?: string;
  readonly error?: string;
  readonly words: { readonly show: string; readonly hide: string };
  readonly autoComplete: 'current-password' | 'new-password' | 'off';
  readonly ref: Ref<SecretHandle>;
  /** Told how it looks while it is typed, for a strength meter or an empty check; not to be kept. */
  readonly onLook?: (text: string) => void;
  readonly autoFocus?: boolean;
}

/**
 * SECURITY: the field is uncontrolled. React never holds its text in state or props, so no snapshot, log or store can;
 * `take` encodes it and empties the element. The string itself is the browser's until it is collected: a page cannot
 * overwrite it, and the window is reloaded with the lock for that reason.
 */
export function SecretField({ label, about, error, words, autoComplete, ref, onLook, autoFocus }: SecretFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  useImperativeHandle(ref, () => ({
    take() {
      const element = input.current;
      if (element === null) return new Uint8Array();
      const bytes = new TextEncoder().encode(element.value.replace(/[\r\n]+$/, '').normalize('NFKC'));
      element.value = '';
      setShown(false);
      onLook?.('');
      return bytes;
    },
    focus: () => input.current?.focus(),
  }));
  return (
    <FieldFrame label={label} about={about} error={error}>
      {(framed) => (
        <span className="field lg">
          <Icon name="lock" small />
          <input
            {...framed}
            ref={input}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="off"
            // biome-ignore lint/a11y/noAutofocus: the one field of a door, and there is nothing else to do there
            autoFocus={autoFocus}
            onChange={(event) => onLook?.(event.target.value)}
          />
          <IconButton
            icon={shown ? 'hide' : 'reveal'}
            label={shown ? words.hide : words.show}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          />
        </span>
      )}
    </FieldFrame>
  );
}
