// A token's value on the system's clipboard.
//
// Guarantees: the value goes from the core's bytes to the clipboard and nowhere else; of it only a salted digest is
// remembered, to tell later whether the clipboard still holds it; it is cleared after 30 s, also while locked, and on quit,
// and only if it is still ours. Assumes that the clipboard is the one place where a value must be a string.
import { createHash, randomBytes } from 'node:crypto';
import { ClipboardItem, type clipboard as systemClipboard } from 'electron';
import type { Clipboard } from '../../shared/contract/window.ts';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';

/** Long enough to switch to a browser and paste, short enough to forget: what password managers have settled on. */
export const clearAfterMs = 30_000;

/** A clipboard that did not answer is asked again. */
const clearAgainMs = 5_000;

/**
 * The mark that asks clipboard histories to skip an entry. macOS: nspasteboard.org. Windows: Microsoft's "Cloud clipboard
 * and clipboard history formats". Linux: KDE's Klipper, also read by CopyQ and others; GNOME keeps no history.
 */
const marks: Readonly<Partial<Record<NodeJS.Platform, readonly (readonly [format: string, value: string])[]>>> = {
  darwin: [['org.nspasteboard.ConcealedType', '']],
  win32: [
    ['ExcludeClipboardContentFromMonitorProcessing', ''],
    ['CanIncludeInClipboardHistory', '\0\0\0\0'],
    ['CanUploadToCloudClipboard', '\0\0\0\0'],
  ],
  linux: [['x-kde-passwordManagerHint', 'secret']],
};

export interface ClipboardWorld {
  readonly system: Pick<typeof systemClipboard, 'write' | 'writeText' | 'readText' | 'clear'>;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly changed: (state: Clipboard) => void;
}

export interface ValueClipboard {
  state(): Clipboard;
  /** Overwrites `value` when it is on the clipboard. */
  copy(token: string, value: Uint8Array): Promise<Clipboard>;
  /**
   * Clears now, if the clipboard still holds our value, and looks whether it does no more. Where that cannot be told it
   * stays held, and is tried again.
   */
  clear(): Promise<Clipboard>;
  /** Text that is no secret, in place of whatever is there. */
  copyText(text: string): Promise<void>;
}

interface Held {
  readonly token: string;
  readonly digest: string;
  readonly cancel: AbortController;
  /** It could not be looked whether that helped. */
  wasClearedByUs: boolean;
}

export function createValueClipboard(world: ClipboardWorld): ValueClipboard {
  const salt = randomBytes(32);
  let state: Clipboard = { state: 'empty' };
  let held: Held | undefined;

  const digest = (text: string) => createHash('sha256').update(salt).update(text).digest('hex');
  const become = (next: Clipboard): Clipboard => {
    state = next;
    world.changed(next);
    return next;
  };

  /** One after the other: quitting in the middle of a copy clears what that copy is about to put there. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  async function clearNow(): Promise<Clipboard> {
    if (held === undefined) return state;
    const mine = held;
    const isThere = async () => digest(await looked(world.system.readText())) === mine.digest;
    if (await isThere()) {
      mine.wasClearedByUs = true;
      world.system.clear();
      // Only what was seen is said: a desktop's tool may have failed, and nobody tells.
      if (await isThere()) throw notCleared();
    }
    held = undefined;
    mine.cancel.abort();
    return become({ state: mine.wasClearedByUs ? 'cleared' : 'replaced', token: mine.token });
  }
  const clear = () => inTurn(clearNow);

  function clearLater(cancel: AbortController, afterMs = clearAfterMs): void {
    void world.clock
      .sleep(afterMs, cancel.signal)
      .then(clear)
      // Aborted when something newer is copied or it was cleared by hand. Else the clipboard cannot be reached just now.
      .catch(() => {
        if (!cancel.signal.aborted) clearLater(cancel, clearAgainMs);
      });
  }

  return {
    state: () => state,
    clear,
    copy: (token, value) =>
      inTurn(async () => {
        const text = new TextDecoder().decode(value);
        value.fill(0);
        const marked = await writeMarked(world, text);
        held?.cancel.abort();
        const cancel = new AbortController();
        held = { token, digest: digest(text), cancel, wasClearedByUs: false };
        clearLater(cancel);
        return become({
          state: 'holding',
          token,
          clearsAt: isoInstant(world.clock.now() + clearAfterMs),
          marked,
        });
      }),
    copyText: (text) =>
      inTurn(async () => {
        await reached(world.system.writeText(text));
        if (held === undefined) return;
        held.cancel.abort();
        const { token } = held;
        held = undefined;
        become({ state: 'replaced', token });
      }),
  };
}

/** @throws AppError unsupported where there is no clipboard, as on a desktop without its tools */
async function reached<T>(clipboard: Promise<T>): Promise<T> {
  try {
    return await clipboard;
  } catch (cause) {
    throw new AppError('unsupported', "The system's clipboard cannot be used. Nothing was copied or lost.", {
      hint: 'On Linux it may take wl-clipboard or xclip. Reveal shows the value without it.',
      cause,
    });
  }
}

/** The value is there, or was: whoever asks whether it still is must not hear that nothing was copied. */
async function looked(text: Promise<string>): Promise<string> {
  try {
    return await text;
  } catch (cause) {
    throw new AppError('unsupported', "The system's clipboard cannot be looked at: the value may still be there.", {
      hint: triesAgain,
      cause,
    });
  }
}

const triesAgain = 'Rondo tries again when its time is over. Copying something else replaces it.';

const notCleared = () =>
  new AppError('unsupported', "The system's clipboard does not let go of the value: it is still there.", {
    hint: triesAgain,
  });

/** False where this system has no mark, or its clipboard takes none: the panel says so. */
async function writeMarked({ system, platform }: ClipboardWorld, text: string): Promise<boolean> {
  const own = marks[platform];
  if (own !== undefined) {
    const formats = own.map(
      ([format, value]) => [`electron application/osclipboard;format="${format}"`, value] as const,
    );
    try {
      await system.write([new ClipboardItem({ 'text/plain': text, ...Object.fromEntries(formats) })]);
      return true;
    } catch {
      // A clipboard without raw formats: the value itself still has to get there.
    }
  }
  await reached(system.writeText(text));
  return false;
}
