import { type ReactNode, useContext, useId } from 'react';
import { BusyForm } from './busy-form.ts';

/** What a field takes over from its frame. */
export interface Framed {
  readonly id: string;
  readonly readOnly: boolean;
  readonly spellCheck: false;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface FieldFrameProps {
  readonly label: string;
  readonly about?: string | undefined;
  /** Stands in the place of `about`, and is read out as it comes. */
  readonly error?: string | undefined;
  readonly children: (framed: Framed) => ReactNode;
}

/** A field under its label, over the line that helps or says what is wrong. */
export function FieldFrame({ label, about, error, children }: FieldFrameProps) {
  const id = useId();
  const wordsId = useId();
  const readOnly = useContext(BusyForm);
  const words = error ?? about;
  const isWrong = error !== undefined;
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      {children({
        ...{ id, readOnly, spellCheck: false },
        'aria-invalid': isWrong || undefined,
        'aria-describedby': words === undefined ? undefined : wordsId,
      })}
      {words === undefined ? null : (
        <p id={wordsId} className={isWrong ? 'hint dang' : 'hint'} role={isWrong ? 'alert' : undefined}>
          {words}
        </p>
      )}
    </div>
  );
}
