import type { DevTools } from './devtools-pipe.ts';
import type { Events, PausedRequest, TargetInfo } from './devtools-protocol.ts';

/*
 * A window is one page. Whatever else the browser starts for it is held before its first instruction
 * (`waitForDebuggerOnStart`, at the level of the browser: attaching at the level of the page is too late for the first
 * requests of a new window). Frames and workers get the same interception of requests and go on; new windows have
 * their requests failed and are closed, so that nothing of them leaves.
 */

export interface TargetRules {
  /** A request of the page, or of a frame or worker that belongs to it. */
  onRequest(devTools: DevTools, paused: PausedRequest): void;
  /** A window that something tried to open; it is being closed. */
  onPopup(target: TargetInfo): void;
  /** Its window is closing. */
  onPageGone(): void;
}

const everything = { patterns: [{ urlPattern: '*' }] };
const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };

/** @returns the session of the browser's one page, with every request intercepted from now on */
export async function attachToPage(browser: DevTools, rules: TargetRules): Promise<DevTools> {
  const first = Promise.withResolvers<DevTools>();
  let pageId: string | undefined;
  const refused = new Set<string>();

  /** The browser's own announcements, and those of the targets below: both tell of a new window. */
  function admit({ sessionId, targetInfo }: Events['Target.attachedToTarget']): void {
    const devTools = browser.session(sessionId);
    if (targetInfo.type !== 'page' && !targetInfo.url.startsWith('devtools:')) return void guard(devTools);
    if (pageId === undefined) {
      pageId = targetInfo.targetId;
      browser.on('Target.detachedFromTarget', (gone) => {
        if (gone.sessionId === sessionId) rules.onPageGone();
      });
      guard(devTools).then(() => first.resolve(devTools), first.reject);
      return;
    }
    void refuse(browser, devTools, targetInfo.targetId);
    if (refused.has(targetInfo.targetId)) return;
    refused.add(targetInfo.targetId);
    rules.onPopup(targetInfo);
  }

  async function guard(devTools: DevTools): Promise<void> {
    devTools.on('Fetch.requestPaused', (paused) => rules.onRequest(devTools, paused));
    devTools.on('Target.attachedToTarget', admit);
    // Not every kind of target knows every command; a worker's requests pass through its frame's interception.
    await Promise.allSettled([
      devTools.send('Fetch.enable', everything),
      devTools.send('Target.setAutoAttach', autoAttach),
      devTools.send('Runtime.runIfWaitingForDebugger', {}),
    ]);
  }

  browser.on('Target.attachedToTarget', admit);
  await browser.send('Target.setAutoAttach', autoAttach);
  return first.promise;
}

async function refuse(browser: DevTools, devTools: DevTools, targetId: string): Promise<void> {
  devTools.on('Fetch.requestPaused', ({ requestId }) => {
    devTools.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).catch(() => {});
  });
  // Resumed and closed: a window that waits for its debugger cannot close.
  await Promise.allSettled([
    devTools.send('Fetch.enable', everything),
    devTools.send('Runtime.runIfWaitingForDebugger', {}),
    browser.send('Target.closeTarget', { targetId }),
  ]);
}
