/*
 * The part of the Chrome DevTools Protocol that is spoken here, as Chromium documents it. The peer is the browser that
 * we started ourselves, so its answers are trusted to have these shapes.
 */

export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface Bounds {
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
  readonly windowState?: 'normal' | 'minimized' | 'maximized' | 'fullscreen';
}

export interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly openerId?: string;
}

export interface RemoteObject {
  readonly value?: unknown;
  readonly unserializableValue?: string;
  readonly objectId?: string;
}

export interface Evaluated {
  readonly result: RemoteObject;
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}

export interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly hasPostData?: boolean;
    readonly postDataEntries?: readonly { readonly bytes?: string }[];
  };
}

export interface Frame {
  readonly id: string;
  readonly parentId?: string;
  readonly loaderId: string;
  readonly url: string;
  readonly unreachableUrl?: string;
}

interface Command<Params, Result = object> {
  readonly params: Params;
  readonly result: Result;
}

type NoParams = Readonly<Record<string, never>>;

export interface Commands {
  'Browser.getVersion': Command<NoParams, { readonly product: string }>;
  'Browser.getWindowForTarget': Command<
    { readonly targetId?: string },
    { readonly windowId: number; readonly bounds: Bounds }
  >;
  'Browser.setWindowBounds': Command<{ readonly windowId: number; readonly bounds: Bounds }>;
  'Browser.setDownloadBehavior': Command<{ readonly behavior: 'deny'; readonly eventsEnabled: boolean }>;
  'Browser.setPermission': Command<{ readonly permission: { readonly name: string }; readonly setting: 'denied' }>;
  'Target.setAutoAttach': Command<{
    readonly autoAttach: boolean;
    readonly waitForDebuggerOnStart: boolean;
    readonly flatten: boolean;
  }>;
  'Target.closeTarget': Command<{ readonly targetId: string }>;
  'Runtime.enable': Command<NoParams>;
  'Runtime.runIfWaitingForDebugger': Command<NoParams>;
  'Runtime.addBinding': Command<{ readonly name: string; readonly executionContextName: string }>;
  'Runtime.evaluate': Command<
    {
      readonly expression: string;
      readonly uniqueContextId?: string;
      readonly awaitPromise?: boolean;
      readonly userGesture?: boolean;
      readonly allowUnsafeEvalBlockedByCSP?: boolean;
    },
    Evaluated
  >;
  'Runtime.callFunctionOn': Command<
    {
      readonly functionDeclaration: string;
      readonly objectId: string;
      readonly arguments: readonly { readonly objectId: string }[];
      readonly returnByValue: boolean;
    },
    Evaluated
  >;
  'Page.enable': Command<NoParams>;
  'Page.setLifecycleEventsEnabled': Command<{ readonly enabled: boolean }>;
  'Page.getFrameTree': Command<NoParams, { readonly frameTree: { readonly frame: Frame } }>;
  'Page.addScriptToEvaluateOnNewDocument': Command<{ readonly source: string; readonly worldName?: string }>;
  'Page.navigate': Command<
    { readonly url: string },
    { readonly loaderId?: string; readonly errorText?: string; readonly isDownload?: boolean }
  >;
  'Page.resetNavigationHistory': Command<NoParams>;
  'Page.bringToFront': Command<NoParams>;
  'Fetch.enable': Command<{ readonly patterns: readonly { readonly urlPattern: string }[] }>;
  'Fetch.continueRequest': Command<{ readonly requestId: string }>;
  'Fetch.failRequest': Command<{ readonly requestId: string; readonly errorReason: string }>;
  'Fetch.fulfillRequest': Command<{
    readonly requestId: string;
    readonly responseCode: number;
    readonly responseHeaders: readonly Header[];
    readonly body: string;
  }>;
  'Emulation.setEmulatedMedia': Command<{ readonly features: readonly Header[] }>;
}

export interface Events {
  'Target.attachedToTarget': {
    readonly sessionId: string;
    readonly targetInfo: TargetInfo;
    readonly waitingForDebugger: boolean;
  };
  'Target.detachedFromTarget': { readonly sessionId: string };
  'Inspector.targetCrashed': NoParams;
  'Runtime.executionContextCreated': {
    readonly context: {
      readonly id: number;
      readonly uniqueId: string;
      readonly name: string;
      readonly auxData: { readonly frameId: string; readonly isDefault: boolean };
    };
  };
  'Runtime.executionContextsCleared': NoParams;
  'Runtime.bindingCalled': { readonly name: string; readonly payload: string; readonly executionContextId: number };
  'Page.frameNavigated': { readonly frame: Frame };
  'Page.navigatedWithinDocument': { readonly frameId: string; readonly url: string };
  'Page.lifecycleEvent': { readonly frameId: string; readonly loaderId: string; readonly name: string };
  'Page.windowOpen': { readonly url: string; readonly windowName: string; readonly windowFeatures: readonly string[] };
  'Fetch.requestPaused': PausedRequest;
  'Browser.downloadWillBegin': { readonly guid: string; readonly url: string; readonly suggestedFilename: string };
}
