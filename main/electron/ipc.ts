// The two channels between the page and main: one invoke, one push.
//
// SECURITY: this is the only file that listens to a page. Who asks is checked here, once, for everything: the top frame of
// our own window, showing our own page. What is asked is parsed by the dispatch behind it.
import type { IpcMain, WebContents } from 'electron';
import { failure, type Result } from '../../shared/contract/result.ts';
import type { Dispatch } from '../dispatch.ts';
import { pageUrl } from './page-files.ts';

export const callChannel = 'rondo:call';
export const eventChannel = 'rondo:event';

export interface Page {
  readonly contents: WebContents;
}

/** Who asks, as far as it matters here. */
export interface Asker {
  readonly sender: { readonly id: number };
  /** Null: the frame is gone already, or has gone elsewhere. */
  readonly senderFrame: { readonly parent: object | null; readonly url: string } | null;
}

/** `page`: the window's page as it is now. A page that was replaced is nobody any more. */
export function answerPage(
  ipc: Pick<IpcMain, 'handle'>,
  page: () => { readonly contents: { readonly id: number } } | undefined,
  dispatch: Dispatch,
): void {
  ipc.handle(callChannel, async (event: Asker, channel: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isOurPage(event, page()?.contents.id)) return stranger;
    return dispatch(channel, input);
  });
}

export function pushToPage(page: Page | undefined, event: unknown): void {
  if (page !== undefined && !page.contents.isDestroyed()) page.contents.send(eventChannel, event);
}

function isOurPage({ sender, senderFrame }: Asker, ourId: number | undefined): boolean {
  if (senderFrame === null || sender.id !== ourId) return false;
  // A fragment is a place within the same document, such as where the skip link leads.
  return senderFrame.parent === null && senderFrame.url.replace(/#.*$/s, '') === pageUrl;
}

const stranger = failure({ code: 'refused', message: 'Only the window of Rondo may ask. Nothing was done.' });
