import { BrowserWindow, type Rectangle } from 'electron';
export interface WindowOptions {
    readonly preloadPath: string;
    /** Where the window that this one replaces stood. */
    readonly bounds?: Rectangle;
    readonly dark: boolean;
}
/** SECURITY: the page is sandboxed, isolated from the preload, without Node, devtools or spell check (which may go online). */
export declare function openWindow(options: WindowOptions): BrowserWindow;
