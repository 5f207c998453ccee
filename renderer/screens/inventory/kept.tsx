import { memo, type ReactNode } from 'react';

/**
 * Out of sight its contents stay as they were drawn, and are nothing to Tab and to screen readers: rows that are made anew
 * are what a key of a search waits for longest.
 */
export function Kept({ isSeen, children }: { isSeen: boolean; children: ReactNode }) {
  return (
    <div className={isSeen ? 'list-kept' : 'list-kept unseen'}>
      <Drawn isSeen={isSeen}>{children}</Drawn>
    </div>
  );
}

const Drawn = memo(
  ({ children }: { isSeen: boolean; children: ReactNode }) => children,
  (_, { isSeen }) => !isSeen,
);
