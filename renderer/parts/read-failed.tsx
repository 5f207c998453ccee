import { useState } from 'react';
import type { Failure } from '../../shared/contract/result.ts';
import { frameText } from '../text/frame.ts';
import { Button } from './button.tsx';
import { Note } from './note.tsx';

interface ReadFailedProps {
  readonly what: string;
  readonly failure: Failure;
  readonly onAgain: () => Promise<void>;
}

/** In the place of what could not be read: nobody is to take that for nothing. */
export function ReadFailed({ what, failure, onAgain }: ReadFailedProps) {
  const [isAsking, setAsking] = useState(false);
  async function again() {
    setAsking(true);
    await onAgain();
    setAsking(false);
  }
  return (
    <div className="unread">
      <Note tone="danger" title={what} live>
        {failure.message} {failure.hint}
      </Note>
      <Button icon="rotate" busy={isAsking} onClick={() => void again()}>
        {frameText.tryAgain}
      </Button>
    </div>
  );
}
