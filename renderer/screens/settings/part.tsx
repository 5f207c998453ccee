import { type ReactNode, useRef } from 'react';
import { useFocusKept } from '../../parts/use-focus-kept.ts';

interface PartProps {
  readonly title: string;
  readonly about?: string;
  /** What the acts of this part change: one of them may take its own button away. */
  readonly state?: string;
  readonly children: ReactNode;
}

/** A part of the settings: its name and what it is about, and beside them what can be set. */
export function Part({ title, about, state, children }: PartProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusKept(heading, state);
  return (
    <section className="part">
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {about === undefined ? null : <p className="t3">{about}</p>}
      </div>
      <div className="stack">{children}</div>
    </section>
  );
}
