import type { DevTools } from './devtools-pipe.ts';
import type { RemoteObject } from './devtools-protocol.ts';
import { createCloneCoding } from './page/clone.ts';

/** Runs in the page: the same encoding as everything else that crosses. */
const encodeThere = `function (value) { return (${createCloneCoding})().encode(value); }`;

/**
 * `webContents.executeJavaScript`: in the world of the page's own scripts.
 * @throws what Electron throws: one sentence for a script that throws, the reason for a promise that rejects
 */
export async function executeJavaScript(devTools: DevTools, code: string, hasUserGesture: boolean): Promise<unknown> {
  const { result, exceptionDetails } = await devTools.send('Runtime.evaluate', {
    expression: code,
    awaitPromise: true,
    userGesture: hasUserGesture,
    // The developer tools may evaluate what the page's policy forbids; the app's scripts may not.
    allowUnsafeEvalBlockedByCSP: false,
  });
  if (exceptionDetails === undefined) return await take(devTools, result);
  if (!/in promise/.test(exceptionDetails.text) || exceptionDetails.exception === undefined) {
    throw new Error(
      'Script failed to execute, this normally means an error was thrown. Check the renderer console for the error.',
    );
  }
  throw await take(devTools, exceptionDetails.exception);
}

async function take(devTools: DevTools, remote: RemoteObject): Promise<unknown> {
  if (remote.objectId === undefined) return primitive(remote);
  const { result, exceptionDetails } = await devTools.send('Runtime.callFunctionOn', {
    functionDeclaration: encodeThere,
    objectId: remote.objectId,
    arguments: [{ objectId: remote.objectId }],
    returnByValue: true,
  });
  if (exceptionDetails !== undefined) throw new Error('An object could not be cloned.');
  return createCloneCoding().decode(String(result.value));
}

/** JSON has no word for these, so that the protocol has its own. */
function primitive({ value, unserializableValue }: RemoteObject): unknown {
  if (unserializableValue === undefined) return value;
  return unserializableValue.endsWith('n') ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}
