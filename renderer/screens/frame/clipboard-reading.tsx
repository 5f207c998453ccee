import { useLayoutEffect, useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { takeText } from '../../text/take.ts';
import { type Holding, useClipboardTime } from '../take/use-clipboard-time.ts';

/** That a value is on the clipboard is said on every page, also when the panel that copied it is gone. */
export function ClipboardReading({ onFocusLost }: { onFocusLost: () => void }) {
  const clipboard = useRondo((state) => state.clipboard);
  return clipboard.state === 'holding' ? <Holds clipboard={clipboard} onFocusLost={onFocusLost} /> : null;
}

function Holds({ clipboard, onFocusLost }: { clipboard: Holding; onFocusLost: () => void }) {
  const clipboardClearTold = useRondo((state) => state.clipboardClearTold);
  const { leftMs, isOverdue } = useClipboardTime(clipboard);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const { current } = button;
    return () => {
      if (document.activeElement === current) onFocusLost();
    };
  }, [onFocusLost]);
  return (
    <span className="clip">
      <Icon name="copied" small />
      <span className="num">{isOverdue ? takeText.copiedOverdue : takeText.copiedClears(leftMs)}</span>
      <Button ref={button} onClick={() => void clipboardClearTold()}>
        {takeText.clearClipboard}
      </Button>
    </span>
  );
}
