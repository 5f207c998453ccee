import { blankPagePrefix } from './browser-flags.ts';
import type { DevTools } from './devtools-pipe.ts';
import type { WorldScripts } from './world-scripts.ts';

export interface ShownDocument {
  readonly internalUrl: string;
  readonly loaderId: string;
  /** The browser's own page about a load that failed. */
  readonly isError: boolean;
}

/** What a page tells the main process. */
export interface PageListener {
  /** The top frame shows another document. */
  onDocument(document: ShownDocument): void;
  /** The same document under another address. */
  onAddress(internalUrl: string): void;
  onLifecycle(name: string, loaderId: string): void;
  /** Text that the preload's world sent. */
  onMessage(text: string): void;
  onCrash(): void;
  onWindowOpen(details: {
    readonly url: string;
    readonly windowName: string;
    readonly windowFeatures: readonly string[];
  }): void;
}

export interface Page {
  readonly devTools: DevTools;
  readonly frameId: string;
  /** Runs in the preload's world of the document that is shown now; without one it does nothing. */
  evaluateIsolated(expression: string): void;
  /** Gives text to the preload's world. */
  deliver(text: string): void;
}

/**
 * Makes the page ready for its first document. It is awaited before anything is loaded: a script that is registered
 * while the browser still changes the page's process is lost, and a page without its preload must not be.
 */
export async function preparePage(devTools: DevTools, scripts: WorldScripts, listener: PageListener): Promise<Page> {
  const { worldName, bindingName, receiverName } = scripts;
  const { frameTree } = await devTools.send('Page.getFrameTree', {});
  const frameId = frameTree.frame.id;
  let isolated: { readonly id: number; readonly uniqueId: string } | undefined;

  devTools.on('Runtime.executionContextsCleared', () => {
    isolated = undefined;
  });
  devTools.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === worldName && context.auxData.frameId === frameId) isolated = context;
  });
  devTools.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === bindingName && executionContextId === isolated?.id) listener.onMessage(payload);
  });
  devTools.on('Page.frameNavigated', ({ frame }) => {
    if (frame.id !== frameId || frame.url.startsWith(blankPagePrefix)) return;
    const isError = frame.unreachableUrl !== undefined;
    listener.onDocument({ internalUrl: frame.unreachableUrl ?? frame.url, loaderId: frame.loaderId, isError });
  });
  devTools.on('Page.navigatedWithinDocument', ({ frameId: id, url }) => {
    if (id === frameId) listener.onAddress(url);
  });
  devTools.on('Page.lifecycleEvent', ({ frameId: id, name, loaderId }) => {
    if (id === frameId) listener.onLifecycle(name, loaderId);
  });
  devTools.on('Page.windowOpen', (details) => listener.onWindowOpen(details));
  devTools.on('Inspector.targetCrashed', () => listener.onCrash());

  await Promise.all([
    devTools.send('Page.enable', {}),
    devTools.send('Runtime.enable', {}),
    devTools.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    // The binding is there for the preload's world only.
    devTools.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName }),
    // In this order: the page's world listens before the preload exposes.
    devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main }),
    devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.isolated, worldName }),
  ]);

  function evaluateIsolated(expression: string): void {
    if (isolated === undefined) return;
    // The document may be gone by the time that this arrives: then nobody is there to hear it, as in Electron.
    devTools.send('Runtime.evaluate', { expression, uniqueContextId: isolated.uniqueId }).catch(() => {});
  }

  return {
    devTools,
    frameId,
    evaluateIsolated,
    deliver: (text) => evaluateIsolated(`globalThis.${receiverName}(${JSON.stringify(text)})`),
  };
}
