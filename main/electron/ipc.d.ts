import type { IpcMain, WebContents } from 'electron';
import type { Dispatch } from '../dispatch.ts';
export declare const callChannel = "rondo:call";
export declare const eventChannel = "rondo:event";
export interface Page {
    readonly contents: WebContents;
}
/** `page`: the window's page as it is now. A page that was replaced is nobody any more. */
export declare function answerPage(ipc: IpcMain, page: () => Page | undefined, dispatch: Dispatch): void;
export declare function pushToPage(page: Page | undefined, event: unknown): void;
