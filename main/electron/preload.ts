// Runs in the page's isolated world before any of its scripts, and gives it two functions and nothing else.
import { contextBridge, ipcRenderer } from 'electron';
import type { Dispose } from '../../shared/contract/kit.ts';

const callChannel = 'rondo:call';
const eventChannel = 'rondo:event';

contextBridge.exposeInMainWorld('rondo', {
  call: (channel: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, channel, input),
  subscribe(listener: (event: unknown) => void): Dispose {
    const own = (_event: unknown, announced: unknown) => listener(announced);
    ipcRenderer.on(eventChannel, own);
    return () => {
      ipcRenderer.removeListener(eventChannel, own);
    };
  },
});
