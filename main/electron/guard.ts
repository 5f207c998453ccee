// What a page may never do, whatever is in it: each line is one door closed.
import type { App, CommandLine, Session } from 'electron';
import { pageScheme } from './page-files.ts';

/**
 * SECURITY: before the app is ready. The browser has no network at all, also for what asks no request handler (WebRTC,
 * names that are resolved ahead): no name has an address, and everything goes through a proxy of such a name. The core is
 * not concerned: its requests are Node's.
 */
export function denyNetwork(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('proxy-server', 'socks5://nowhere.invalid:1');
  commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
}

/** SECURITY: for every page that will ever exist in this process, before its first byte. */
export function guardPages(app: App, session: Session): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // Datagrams go past every proxy.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
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
