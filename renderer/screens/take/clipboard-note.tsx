import { useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { Ticks } from '../../parts/ticks.tsx';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { takeText } from '../../text/take.ts';

/** As many ticks as the clipboard holds a value for seconds. */
const ticks = 30;

/** Clearing takes a moment: only what is later than this did not work. */
const overdueMs = 2_000;

/** What became of the value on the clipboard: copying never lies. */
export function ClipboardNote({ token }: { token: Id }) {
  const clipboard = useRondo((state) => state.clipboard);
  const clipboardClearPressed = useRondo((state) => state.clipboardClearPressed);
  const [failed, setFailed] = useState<{ readonly clearsAt: string; readonly failure: Failure | undefined }>();
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
  const { clearsAt, marked } = clipboard;
  const dueMs = Date.parse(clearsAt) - now;
  const leftMs = Math.max(0, dueMs);
  const seconds = Math.min(ticks, Math.ceil(leftMs / 1_000));
  return (
    <>
      <Note tone="accent" icon="copied" title={takeText.onClipboard}>
        <p className="num">{dueMs < -overdueMs ? takeText.overdue : takeText.clearsIn(leftMs)}</p>
        <p>{marked ? takeText.marked : takeText.unmarked}</p>
        <Ticks
          label={takeText.ticks(seconds)}
          looks={Array.from({ length: ticks }, (_, index) => (index < ticks - seconds ? 'waits' : 'now'))}
        />
      </Note>
      <Button wide onClick={() => void clipboardClearPressed().then((failure) => setFailed({ clearsAt, failure }))}>
        {takeText.clearNow}
      </Button>
      {/* Of this copy, and not of one before. */}
      <FailureNote failure={failed?.clearsAt === clearsAt ? failed.failure : undefined} />
    </>
  );
}
