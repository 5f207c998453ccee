import type { Failure } from '../../shared/contract/result.ts';
import { type Note, noteOf } from './notes.ts';
import type { Tools } from './tools.ts';

export interface DoneNote extends Pick<Note, 'title' | 'text'> {
  /** `closed`: the dialog says it by closing, and only one that is gone by then needs words. */
  readonly when: 'always' | 'closed';
}

export interface DialogActsSlice {
  /**
   * What the open dialog is asked for. A person may close it meanwhile: then the answer is told in a note, and whatever
   * dialog is open by then stays. Else it closes when it is done, or has the failure to say. Without `done` the act ends by
   * locking, and nobody is there to be told.
   */
  dialogActed(act: () => Promise<Failure | undefined>, done?: DoneNote): Promise<Failure | undefined>;
}

export function createDialogActsSlice(tools: Tools): DialogActsSlice {
  return {
    async dialogActed(act, done) {
      const { isStillOpen, failed } = fromDialog(tools);
      const failure = await act();
      if (failure !== undefined) return failed(failure);
      const wasOpen = isStillOpen();
      if (wasOpen) tools.get().closed();
      if (done !== undefined && (!wasOpen || done.when === 'always')) {
        const { when: _when, ...note } = done;
        tell(tools, { tone: 'plain', ...note });
      }
      return undefined;
    },
  };
}

/**
 * Taken when a dialog begins an act: whether that very dialog is there when the act is over. `isStillAsked`: the same of a
 * dialog that is a screen's own.
 */
export function fromDialog(tools: Tools, isStillAsked = () => true) {
  const { overlay } = tools.get();
  const isStillOpen = () => tools.get().overlay === overlay && isStillAsked();
  return {
    isStillOpen,
    /** For the dialog to say, or said already. */
    failed(failure: Failure): Failure | undefined {
      if (isStillOpen()) return failure;
      tell(tools, noteOf(failure));
      return undefined;
    },
    done: (note: Omit<Note, 'key'>) => tell(tools, note),
  };
}

/** What was locked away meanwhile is not told at the door: a note may have names. */
export function tell({ get }: Tools, note: Omit<Note, 'key'>): void {
  if (get().vault.is === 'open') get().noteShown(note);
}
