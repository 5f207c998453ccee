// A token's value on the system's clipboard.
//
// Guarantees: the value goes from the core's bytes to the clipboard and nowhere else; of it only a salted digest is
// remembered, to tell later whether the clipboard still holds it; it is cleared after 30 s, also while locked, and on quit,
// and only if it is still ours. Assumes that the clipboard is the one place where a value must be a string.
import { createHash, randomBytes } from 'node:crypto';
import { ClipboardItem, type clipboard as systemClipboard } from 'electron';
import type { Clipboard } from '../../shared/contract/window.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';

/** Long enough to switch to a browser and paste, short enough to forget: what password managers have settled on. */
export const clearAfterMs = 30_000;

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
  /** Clears now, if the clipboard still holds our value. */
  clear(): Promise<Clipboard>;
}

export function createValueClipboard(world: ClipboardWorld): ValueClipboard {
  const salt = randomBytes(32);
  let state: Clipboard = { state: 'empty' };
  let held: { readonly token: string; readonly digest: string; readonly cancel: AbortController } | undefined;

  const digest = (text: string) => createHash('sha256').update(salt).update(text).digest('hex');
  const become = (next: Clipboard): Clipboard => {
    state = next;
    world.changed(next);
    return next;
  };

  async function clear(): Promise<Clipboard> {
    if (held === undefined) return state;
    const { token, digest: ours, cancel } = held;
    held = undefined;
    cancel.abort();
    if (digest(await world.system.readText()) !== ours) return become({ state: 'replaced', token });
    world.system.clear();
    return become({ state: 'cleared', token });
  }

  return {
    state: () => state,
    clear,
    async copy(token, value) {
      held?.cancel.abort();
      const text = new TextDecoder().decode(value);
      value.fill(0);
      const marked = await writeMarked(world, text);
      const cancel = new AbortController();
      held = { token, digest: digest(text), cancel };
      const clearsAt = isoInstant(world.clock.now() + clearAfterMs);
      // Aborted when something newer is copied or it was cleared by hand: then there is nothing left to do.
      void world.clock.sleep(clearAfterMs, cancel.signal).then(clear, () => {});
      return become({ state: 'holding', token, clearsAt, marked });
    },
  };
}

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
  await system.writeText(text);
  return false;
}
