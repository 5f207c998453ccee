import { type Ref, useContext, useId } from 'react';
import { BusyForm } from './busy-form.ts';

interface TextAreaFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly about: string;
  readonly error?: string | undefined;
  readonly rows: number;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines that no person types: a certificate, say. */
export function TextAreaField({ label, value, onChange, placeholder, about, error, rows, ref }: TextAreaFieldProps) {
  const id = useId();
  const aboutId = useId();
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <span className="field area">
        <textarea
          id={id}
          ref={ref}
          rows={rows}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
          readOnly={useContext(BusyForm)}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={aboutId}
        />
      </span>
      <p
        id={aboutId}
        className={error === undefined ? 'hint' : 'hint dang'}
        role={error === undefined ? undefined : 'alert'}
      >
        {error ?? about}
      </p>
    </div>
  );
}
