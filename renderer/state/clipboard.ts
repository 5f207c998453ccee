import type { Failure } from '../../shared/contract/result.ts';
import type { Clipboard } from '../../shared/contract/window.ts';
import { clipboardNotes } from '../text/take.ts';
import { noteOf } from './notes.ts';
import type { Tools } from './tools.ts';

export interface ClipboardSlice {
  readonly clipboard: Clipboard;
  clipboardClearPressed(): Promise<Failure | undefined>;
  /** Pressed where no panel stands by to say what became of it: a note does. */
  clipboardClearTold(): Promise<void>;
}

export function createClipboardSlice({ api, get, set }: Tools): ClipboardSlice {
  return {
    clipboard: { state: 'empty' },

    async clipboardClearPressed() {
      const answer = await api.call('clipboard.clear', {});
      if (!answer.ok) return answer.error;
      set(answer.value);
      return undefined;
    },

    async clipboardClearTold() {
      const failure = await get().clipboardClearPressed();
      if (failure !== undefined) return get().noteShown(noteOf(failure));
      const { state } = get().clipboard;
      if (state === 'cleared' || state === 'replaced') {
        get().noteShown({ tone: 'plain', title: clipboardNotes[state] });
      }
    },
  };
}
