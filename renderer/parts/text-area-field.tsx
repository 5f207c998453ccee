import type { Ref } from 'react';
import { FieldFrame } from './field-frame.tsx';

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
  return (
    <FieldFrame label={label} about={about} error={error}>
      {(framed) => (
        <span className="field area">
          <textarea
            {...framed}
            ref={ref}
            rows={rows}
            value={value}
            placeholder={placeholder}
            onChange={(event) => onChange(event.target.value)}
            autoComplete="off"
          />
        </span>
      )}
    </FieldFrame>
  );
}
