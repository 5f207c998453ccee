// The baseline of the window's benchmark: a window with one heading in the same runtime, with the same preload, whose main
// process passes what the page asks to a second process, which sends it back. What any such app costs, this one costs.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, protocol, session, utilityProcess } from 'electron';

const page = '<!doctype html><html lang="en"><title>Empty</title><h1>Ready</h1></html>';
const ownDir = fileURLToPath(new URL('.', import.meta.url));

const [userDataDir = ''] = process.argv.slice(-1);
app.setPath('userData', userDataDir);
protocol.registerSchemesAsPrivileged([{ scheme: 'empty', privileges: { standard: true, secure: true } }]);
void app.whenReady().then(() => {
  const echo = utilityProcess.fork(join(ownDir, 'echo.mjs'), []);
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  protocol.handle('empty', () => new Response(page, { headers: { 'content-type': 'text/html' } }));
  ipcMain.handle('rondo:call', (_event, _channel, input) => {
    const answer = new Promise((resolve) => echo.once('message', resolve));
    echo.postMessage(input);
    return answer;
  });
  const window = new BrowserWindow({
    ...{ width: 1280, height: 820, show: false },
    webPreferences: {
      preload: join(ownDir, '../window/preload.cjs'),
      ...{ contextIsolation: true, sandbox: true, nodeIntegration: false, devTools: false, spellcheck: false },
    },
  });
  window.once('ready-to-show', () => window.show());
  app.on('window-all-closed', () => app.quit());
  void window.loadURL('empty://app/index.html');
});
