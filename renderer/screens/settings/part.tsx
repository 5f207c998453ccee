import type { ReactNode } from 'react';

/** A part of the settings: its name and what it is about, and beside them what can be set. */
export function Part({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <section className="part">
      <div>
        <h2>{title}</h2>
        {about === undefined ? null : <p className="t3">{about}</p>}
      </div>
      <div className="stack">{children}</div>
    </section>
  );
}
