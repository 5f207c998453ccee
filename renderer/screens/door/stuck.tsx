import type { ReactNode } from 'react';
import { Mark } from '../../parts/mark.tsx';
import { Note } from '../../parts/note.tsx';
import { OtherVault } from '../frame/other-vault.tsx';

interface StuckProps {
  readonly title: string;
  readonly what: string;
  readonly next?: string | undefined;
  /** The buttons that lead on. */
  readonly children: ReactNode;
}

/** A door behind which nothing can be shown: what happened, and the way on. */
export function Stuck({ title, what, next, children }: StuckProps) {
  return (
    <div className="door">
      <header className="titlebar bare" />
      <main className="mid" tabIndex={-1}>
        <div className="ul stack">
          <OtherVault />
          <Mark className="small" />
          <h1>{title}</h1>
          <Note tone="danger" title={what} live>
            {next}
          </Note>
          {children}
        </div>
      </main>
    </div>
  );
}
