// Starts the real app with doubles for the clock and the desktop:
//   electron out/e2e VAULT_DIR USER_DATA_DIR CONTROL_FILE
// It listens on loopback for what the tests want of the doubles, and writes that address to CONTROL_FILE when it is ready.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { prepareApp, startApp } from '../../main/electron/start-app.ts';
import { createDoubles } from './doubles.ts';

const [vaultDir = '', userDataDir = '', controlFile = ''] = process.argv.slice(-3);
const outDir = fileURLToPath(new URL('../window', import.meta.url));
const doubles = createDoubles();

app.setPath('userData', userDataDir);
prepareApp();
await app.whenReady();
startApp({
  outDir,
  pageDir: join(outDir, '../renderer'),
  vaultDir,
  version: app.getVersion(),
  runtime: `Electron ${process.versions.electron}`,
  environment: {},
  ...doubles,
});

const control = createServer(async (request, response) => {
  try {
    const answer = await doubles.obey(JSON.parse(await text(request)));
    response.end(JSON.stringify({ answer }));
  } catch (error) {
    response.writeHead(400).end(String(error));
  }
});
control.listen(0, '127.0.0.1', () => {
  const address = control.address();
  if (typeof address === 'object' && address !== null) writeFileSync(controlFile, `http://127.0.0.1:${address.port}`);
});
control.unref();
