import type { DevTools } from './devtools-pipe.ts';
import type { Header, PausedRequest } from './devtools-protocol.ts';
import type { Schemes } from './protocol.ts';
import type { Session } from './session.ts';

/*
 * Every request of a window stops here first. In this order: may the page go there (`will-navigate`, `will-redirect`),
 * does the app let it (`webRequest`), and who answers: the app for its own schemes. The rest is left to the browser, which
 * has no network. Whatever goes wrong on the way fails the request: nothing passes because nobody decided.
 */

export interface RequestRules {
  readonly session: Session;
  readonly schemes: Schemes;
  readonly webContentsId: number;
  /** False: the document does not come, and the page stays where it is. */
  mayNavigate(request: PausedRequest, externalUrl: string): boolean;
  isMainFrame(frameId: string): boolean;
}

/** The names of `webRequest` for those of the protocol. */
const resourceTypes: Readonly<Record<string, string>> = {
  ...{
    Stylesheet: 'stylesheet',
    Image: 'image',
    Media: 'media',
    Font: 'font',
    Script: 'script',
    XHR: 'xhr',
    Fetch: 'xhr',
  },
  ...{ Ping: 'ping', CSPViolationReport: 'cspReport', WebSocket: 'webSocket' },
};

let lastRequestId = 0;

export async function answerRequest(devTools: DevTools, paused: PausedRequest, rules: RequestRules): Promise<void> {
  const { requestId } = paused;
  try {
    const url = rules.schemes.toExternal(paused.request.url);
    const isOwn = url !== paused.request.url;
    const isDocument = paused.resourceType === 'Document';
    const isMainDocument = isDocument && rules.isMainFrame(paused.frameId);
    // Chromium asks for it of its own accord; Electron does not.
    if (isOwn && paused.resourceType === 'Other' && new URL(paused.request.url).pathname === '/favicon.ico') {
      return await fail(devTools, requestId, 'Aborted');
    }
    if (isMainDocument && !rules.mayNavigate(paused, url)) return await fail(devTools, requestId, 'Aborted');
    lastRequestId += 1;
    const isAllowed = await rules.session.asks({
      id: lastRequestId,
      url,
      method: paused.request.method,
      resourceType: isDocument
        ? isMainDocument
          ? 'mainFrame'
          : 'subFrame'
        : (resourceTypes[paused.resourceType] ?? 'other'),
      webContentsId: rules.webContentsId,
      referrer: rules.schemes.toExternal(paused.request.headers.Referer ?? ''),
      timestamp: Date.now(),
    });
    if (!isAllowed) return await fail(devTools, requestId, 'BlockedByClient');
    if (!isOwn) await devTools.send('Fetch.continueRequest', { requestId });
    else await answerOwn(devTools, paused, url, rules.session);
  } catch (error) {
    // A window that closed meanwhile has nobody to answer to.
    await fail(devTools, requestId, 'Failed').catch(() => {});
    if (!(error instanceof Error && /browser is gone|Invalid InterceptionId|session/i.test(error.message))) {
      process.stderr.write(`${paused.request.url}: ${error instanceof Error ? error.message : error}\n`);
    }
  }
}

async function answerOwn(devTools: DevTools, paused: PausedRequest, url: string, session: Session): Promise<void> {
  const handler = session.handlerOf(url);
  if (handler === undefined) return fail(devTools, paused.requestId, 'Failed');
  const response = await handler(toRequest(paused, url));
  if (response.type === 'error') return fail(devTools, paused.requestId, 'Failed');
  const headers: Header[] = [...response.headers].map(([name, value]) => ({ name, value }));
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  await devTools.send('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: headers,
    body,
  });
}

function toRequest(paused: PausedRequest, url: string): Request {
  const { method, headers, postDataEntries = [] } = paused.request;
  const body = Buffer.concat(postDataEntries.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')));
  return new Request(url, { method, headers, ...(body.length > 0 ? { body } : {}) });
}

async function fail(devTools: DevTools, requestId: string, errorReason: string): Promise<void> {
  await devTools.send('Fetch.failRequest', { requestId, errorReason });
}
