import type { ReactNode } from 'react';
import { type Choice, ChoicePopup } from './choice-popup.tsx';

interface ChoiceMenuProps<Value extends string> {
  /** Said before what the button shows; none where that says it all. */
  readonly label?: string;
  readonly className: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
  /** What the button shows. */
  readonly children: ReactNode;
}

/** A button that opens a short list of which exactly one holds. */
export function ChoiceMenu<Value extends string>({ label, children, ...rest }: ChoiceMenuProps<Value>) {
  return (
    <ChoicePopup is="menu" {...rest}>
      {label === undefined ? null : <span className="sr">{label}: </span>}
      {children}
    </ChoicePopup>
  );
}
