import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { Icon } from './icon.tsx';

interface SearchFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly ref?: Ref<HTMLInputElement>;
  /** Stands at its end. */
  readonly children?: ReactNode;
}

/** What is looked for may be a name: no browser is to remember or to check it. */
export function SearchField({ id, label, hint, value, onChange, onKeyDown, ref, children }: SearchFieldProps) {
  return (
    <div className="field search">
      <Icon name="search" small />
      <input
        ref={ref}
        id={id}
        type="search"
        aria-label={label}
        placeholder={hint}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {children}
    </div>
  );
}
