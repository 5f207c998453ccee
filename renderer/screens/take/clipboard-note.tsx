import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { Ticks } from '../../parts/ticks.tsx';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { takeText } from '../../text/take.ts';

/** As many ticks as the clipboard holds a value for seconds. */
const ticks = 30;

/** What became of the value on the clipboard: copying never lies. */
export function ClipboardNote({ token }: { token: Id }) {
  const clipboard = useRondo((state) => state.clipboard);
  const clipboardClearPressed = useRondo((state) => state.clipboardClearPressed);
  const now = useNow(clipboard.state === 'holding' ? 250 : 60_000);
  if (clipboard.state === 'empty' || clipboard.token !== token) return null;
  if (clipboard.state === 'cleared') {
    return (
      <Note icon="done" title={takeText.cleared} live>
        {takeText.clearedAbout}
      </Note>
    );
  }
  if (clipboard.state === 'replaced') {
    return (
      <Note icon="info" title={takeText.replaced} live>
        {takeText.replacedAbout}
      </Note>
    );
  }
  const leftMs = Math.max(0, Date.parse(clipboard.clearsAt) - now);
  const seconds = Math.min(ticks, Math.ceil(leftMs / 1_000));
  return (
    <>
      <Note tone="accent" icon="copied" title={takeText.onClipboard}>
        <p className="num">{takeText.clearsIn(leftMs)}</p>
        <p>{clipboard.marked ? takeText.marked : takeText.unmarked}</p>
        <Ticks
          label={takeText.ticks(seconds)}
          looks={Array.from({ length: ticks }, (_, index) => (index < ticks - seconds ? 'waits' : 'now'))}
        />
      </Note>
      <Button wide onClick={() => void clipboardClearPressed()}>
        {takeText.clearNow}
      </Button>
    </>
  );
}
