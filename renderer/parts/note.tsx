import { type ReactNode, type Ref, useEffect, useRef } from 'react';
import type { Failure } from '../../shared/contract/result.ts';
import { IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

interface NoteProps {
  readonly tone?: 'plain' | 'accent' | 'warn' | 'danger';
  readonly icon?: IconName;
  readonly title: ReactNode;
  /** Said aloud at once. What a person has just caused, never decoration. */
  readonly live?: boolean;
  /** The one thing to do about it: beside the words where there is room. */
  readonly act?: ReactNode;
  readonly close?: { readonly label: string; readonly onClose: () => void };
  readonly ref?: Ref<HTMLDivElement>;
  readonly children?: ReactNode;
}

const looks = { plain: 'note', accent: 'note acc-bg', warn: 'note warn', danger: 'note danger' } as const;

/** What happened in bold, then what was not lost, then what to do. */
export function Note({ tone = 'plain', icon, title, live, act, close, ref, children }: NoteProps) {
  const usual: IconName = tone === 'danger' || tone === 'warn' ? 'warning' : 'info';
  return (
    <div ref={ref} className={looks[tone]} role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}>
      <Icon name={icon ?? usual} />
      <div className="note-body">
        <strong className="strong">{title}</strong>
        {children === undefined ? null : <div className="t2">{children}</div>}
      </div>
      {act === undefined ? null : <div className="note-act">{act}</div>}
      {close === undefined ? null : <IconButton icon="close" label={close.label} onClick={close.onClose} />}
    </div>
  );
}

/** What an act failed with, beside the act. */
export function FailureNote({ failure }: { failure: Pick<Failure, 'message' | 'hint'> | undefined }) {
  const note = useRef<HTMLDivElement>(null);
  // The form may be longer than its dialog, and the note at an end that is out of sight.
  useEffect(() => {
    if (failure !== undefined) note.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);
  if (failure === undefined) return null;
  return (
    <Note ref={note} tone="danger" title={failure.message} live>
      {failure.hint}
    </Note>
  );
}
