import { useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Clipboard } from '../../../shared/contract/window.ts';
import type { Id } from '../../../shared/ids.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { Ticks } from '../../parts/ticks.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { takeText } from '../../text/take.ts';
import { type Holding, useClipboardTime } from './use-clipboard-time.ts';

/** As many ticks as the clipboard holds a value for seconds. */
const ticks = 30;

/** What became of the value on the clipboard: copying never lies. */
export function ClipboardNote({ token }: { token: Id }) {
  const clipboard = useRondo((state) => state.clipboard);
  const note = useRef<HTMLDivElement>(null);
  // Not onto Copy: Enter held down on Clear would copy it again.
  useFocusKept(note, clipboard.state);
  const isHere = clipboard.state !== 'empty' && clipboard.token === token;
  return (
    <>
      {/* Each copy is news, also the same once more. */}
      <p className="sr" role="status">
        {isHere && clipboard.state === 'holding' ? <Told key={clipboard.clearsAt} clipboard={clipboard} /> : null}
      </p>
      {isHere ? (
        <div ref={note} className="on-clipboard" tabIndex={-1}>
          {clipboard.state === 'holding' ? (
            <OnClipboard clipboard={clipboard} />
          ) : (
            <NotAnyMore state={clipboard.state} />
          )}
        </div>
      ) : null}
    </>
  );
}

/** What a screen reader says of it: the note beside it counts down, and nobody wants to hear each second. */
function Told({ clipboard }: { clipboard: Holding }) {
  const { isOverdue } = useClipboardTime(clipboard);
  return <span>{isOverdue ? takeText.toldOverdue : takeText.told(ticks, clipboard.marked)}</span>;
}

function OnClipboard({ clipboard }: { clipboard: Holding }) {
  const clipboardClearPressed = useRondo((state) => state.clipboardClearPressed);
  const [failed, setFailed] = useState<{ readonly clearsAt: string; readonly failure: Failure | undefined }>();
  const { clearsAt, marked } = clipboard;
  const { leftMs, isOverdue } = useClipboardTime(clipboard);
  const seconds = Math.min(ticks, Math.ceil(leftMs / 1_000));
  return (
    <>
      <Note tone="accent" icon="copied" title={takeText.onClipboard}>
        <p className="num">{isOverdue ? takeText.overdue : takeText.clearsIn(leftMs)}</p>
        <p>{marked ? takeText.marked : takeText.unmarked}</p>
        <Ticks
          label={takeText.ticks(seconds)}
          looks={Array.from({ length: ticks }, (_, index) => (index < ticks - seconds ? 'waits' : 'now'))}
        />
        <Button onClick={() => void clipboardClearPressed().then((failure) => setFailed({ clearsAt, failure }))}>
          {takeText.clearNow}
        </Button>
      </Note>
      {/* Of this copy, and not of one before. */}
      <FailureNote failure={failed?.clearsAt === clearsAt ? failed.failure : undefined} />
    </>
  );
}

function NotAnyMore({ state }: { state: Exclude<Clipboard['state'], 'empty' | 'holding'> }) {
  return state === 'cleared' ? (
    <Note icon="done" title={takeText.cleared} live>
      {takeText.clearedAbout}
    </Note>
  ) : (
    <Note icon="info" title={takeText.replaced} live>
      {takeText.replacedAbout}
    </Note>
  );
}
