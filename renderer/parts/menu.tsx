import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly about?: string;
}

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
export function ChoiceMenu<Value extends string>(props: ChoiceMenuProps<Value>) {
  const { label, className, value, choices, onChoose, children } = props;
  return (
    <Base.Root modal={false}>
      <Base.Trigger className={className}>
        {label === undefined ? null : <span className="sr">{label}: </span>}
        {children}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="positioner">
          <Base.Popup className="menu">
            <Base.RadioGroup value={value} onValueChange={(chosen: Value) => onChoose(chosen)}>
              {choices.map((choice) => (
                <Base.RadioItem key={choice.value} value={choice.value} closeOnClick className="menu-item">
                  <span className="tick">
                    <Base.RadioItemIndicator>
                      <Icon name="check" small />
                    </Base.RadioItemIndicator>
                  </span>
                  <span className="cut">{choice.label}</span>
                  {choice.about === undefined ? null : <span className="t3">{choice.about}</span>}
                </Base.RadioItem>
              ))}
            </Base.RadioGroup>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
