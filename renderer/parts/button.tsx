import type { ComponentProps, KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger' | 'danger-fill';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'ref' | 'onKeyDown'> {
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly large?: boolean;
  readonly wide?: boolean;
  /** What it asked for is being done: a press does nothing, and it keeps the focus, which a disabled one loses. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
  readonly children: ReactNode;
}

export function Button({ look = 'plain', icon, keys, large, wide, busy, children, ...rest }: ButtonProps) {
  const classes = ['btn', look === 'plain' ? '' : look, large ? 'lg' : '', wide ? 'wide' : ''];
  return (
    <button
      type="button"
      {...rest}
      onKeyDown={unlessHeld}
      {...(busy ? { 'aria-disabled': true, onClick: ignored } : {})}
      className={classes.filter(Boolean).join(' ')}
    >
      {icon === undefined ? null : <Icon name={icon} small />}
      {children}
      {keys === undefined ? null : <Keys keys={keys} />}
    </button>
  );
}

/** Neither the press itself nor the form that it would send. */
function ignored(event: MouseEvent): void {
  event.preventDefault();
}

/** A key that is still held was pressed for something else: whatever that opened stands under it by now. */
function unlessHeld(event: KeyboardEvent): void {
  if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
}

/** A hint for the eyes; `aria-keyshortcuts` on the button says it to a screen reader. */
export function Keys({ keys, push }: { keys: string; push?: boolean }) {
  return (
    <kbd aria-hidden className={push ? 'push' : undefined}>
      {keys}
    </kbd>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  readonly icon: IconName;
  readonly label: string;
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" title={label} {...rest} aria-label={label} className="btn icon">
      <Icon name={icon} small />
    </button>
  );
}
