import { type clipboard as systemClipboard } from 'electron';
import type { Clipboard } from '../../shared/contract/window.ts';
import { type Clock } from '../platform/clock.ts';
/** Long enough to switch to a browser and paste, short enough to forget: what password managers have settled on. */
export declare const clearAfterMs = 30000;
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
export declare function createValueClipboard(world: ClipboardWorld): ValueClipboard;
