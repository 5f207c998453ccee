import { EventEmitter } from 'node:events';
import type { App, OnBeforeRequestListenerDetails, Session } from 'electron';
import { expect, test } from 'vitest';
import { denyNetwork, guardPages } from '../../../main/electron/guard.ts';

type Answer = (response: { readonly cancel?: boolean }) => void;

/** Guards an app whose one page and session are played here. */
function guarded() {
  const app = new EventEmitter();
  const contents = Object.assign(new EventEmitter(), {
    webRtcPolicy: 'default',
    setWebRTCIPHandlingPolicy(policy: string) {
      contents.webRtcPolicy = policy;
    },
    openHandler: (_details: object): object => ({ action: 'allow' }),
    setWindowOpenHandler(handler: (details: object) => object) {
      contents.openHandler = handler;
    },
  });
  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: () => void) => Object.assign(handlers, { request: handler }),
    setPermissionCheckHandler: (handler: () => boolean) => Object.assign(handlers, { check: handler }),
    webRequest: {
      onBeforeRequest: (handler: (details: OnBeforeRequestListenerDetails, answer: Answer) => void) =>
        Object.assign(handlers, { before: handler }),
    },
  });
  // Of Electron's classes this is what the guard touches.
  guardPages(app as unknown as App, session as unknown as Session);
  app.emit('web-contents-created', {}, contents);
  return { contents, session, handlers };
}

/** Whether a listener prevented the event. */
function isPrevented(emitter: EventEmitter, name: string): boolean {
  let prevented = false;
  emitter.emit(name, { preventDefault: () => (prevented = true) });
  return prevented;
}

test('a page goes nowhere, opens nothing and downloads nothing', () => {
  const { contents, session } = guarded();
  for (const name of ['will-navigate', 'will-redirect', 'will-attach-webview'])
    expect(isPrevented(contents, name), name).toBe(true);
  expect(isPrevented(session, 'will-download')).toBe(true);
  expect(contents.openHandler({ url: 'app://rondo/index.html' })).toEqual({ action: 'deny' });
});

test('a page has no network, not even past its requests', () => {
  expect(guarded().contents.webRtcPolicy).toBe('disable_non_proxied_udp');
  const switches: string[] = [];
  denyNetwork({ appendSwitch: (name, value) => switches.push(`${name}=${value}`) });
  expect(switches).toEqual([
    'host-resolver-rules=MAP * ~NOTFOUND',
    'proxy-server=socks5://nowhere.invalid:1',
    'proxy-bypass-list=<-loopback>',
  ]);
});

test('a page is granted nothing', () => {
  const { handlers } = guarded();
  const answers: unknown[] = [];
  handlers.request?.(...([{}, 'clipboard-read', (granted: boolean) => answers.push(granted)] as never[]));
  expect(answers).toEqual([false]);
  expect(handlers.check?.()).toBe(false);
});

test.each([
  ['app://rondo/index.html', false],
  ['data:image/png;base64,AA==', false],
  ['https://example.com/', true],
  ['http://127.0.0.1/', true],
  ['file:///etc/passwd', true],
  ['blob:app://rondo/1', true],
  ['devtools://devtools/bundled/inspector.html', true],
  ['', true],
])('of requests only those to the bundle go through: %j', (url, cancelled) => {
  const answers: unknown[] = [];
  guarded().handlers.before?.(...([{ url }, (answer: object) => answers.push(answer)] as never[]));
  expect(answers).toEqual([{ cancel: cancelled }]);
});
