import { Checkbox } from '@base-ui/react/checkbox';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { type ReactNode, type Ref, useContext, useId } from 'react';
import { BusyForm } from './busy-form.ts';
import { type Choice, ChoicePopup } from './choice-popup.tsx';
import { FieldFrame } from './field-frame.tsx';
import { Icon, type IconName } from './icon.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly about?: string;
  readonly error?: string;
  readonly large?: boolean;
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, value, onChange, placeholder, about, error, large, mono, ref }: TextFieldProps) {
  return (
    <FieldFrame label={label} about={about} error={error}>
      {(framed) => (
        <span className={large ? 'field lg' : 'field'}>
          <input
            {...framed}
            ref={ref}
            value={value}
            placeholder={placeholder}
            onChange={(event) => onChange(event.target.value)}
            autoComplete="off"
            className={mono ? 'mono' : undefined}
          />
        </span>
      )}
    </FieldFrame>
  );
}

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly icon?: IconName;
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, choices, onChange, icon } = props;
  const id = useId();
  const labelId = useId();
  const readOnly = useContext(BusyForm);
  return (
    <div>
      <label className="lab" id={labelId} htmlFor={id}>
        {label}
      </label>
      <ChoicePopup
        is="listbox"
        className="field select"
        id={id}
        labelId={labelId}
        value={value}
        choices={choices}
        onChoose={onChange}
        readOnly={readOnly}
      >
        {icon === undefined ? null : <Icon name={icon} small />}
        <span className="cut fill">{choices.find((choice) => choice.value === value)?.label}</span>
        <Icon name="choose" small />
      </ChoicePopup>
    </div>
  );
}

interface CheckFieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

export function CheckField({ checked, onChange, children }: CheckFieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside renders a hidden input, which Biome cannot see
    <label className="checkline">
      <Checkbox.Root className="check" checked={checked} onCheckedChange={onChange} readOnly={useContext(BusyForm)}>
        <Checkbox.Indicator>
          <Icon name="check" />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <span>{children}</span>
    </label>
  );
}

export interface Option<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly about: string;
  readonly risk?: { readonly words: string; readonly severe: boolean };
}

interface OptionListProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

/** A choice where each answer needs a sentence, and where it matters what happens if it goes wrong. */
export function OptionList<Value extends string>({ label, value, options, onChange }: OptionListProps<Value>) {
  const id = useId();
  return (
    <div>
      <div className="lab" id={id}>
        {label}
      </div>
      <RadioGroup
        value={value}
        onValueChange={(chosen: Value) => onChange(chosen)}
        readOnly={useContext(BusyForm)}
        aria-labelledby={id}
        className="opts"
      >
        {options.map((option) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside renders a hidden input, which Biome cannot see
          <label key={option.value} className="opt">
            <Radio.Root value={option.value} className="radio" />
            <span className="nm">{option.name}</span>
            <span>
              {option.about}
              {option.risk === undefined ? null : (
                <span className={option.risk.severe ? 'risk dang' : 'risk'}>{option.risk.words}</span>
              )}
            </span>
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}
