// What a page may never do, whatever is in it: each line is one door closed.
import type { App, Session } from 'electron';
import { pageScheme } from './page-files.ts';

/** SECURITY: for every page that will ever exist in this process, before its first byte. */
export function guardPages(app: App, session: Session): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isOwn(url) });
  });
}

function isOwn(url: string): boolean {
  return URL.canParse(url) && [`${pageScheme}:`, 'data:'].includes(new URL(url).protocol);
}
