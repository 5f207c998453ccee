// Starts the real app with doubles for the clock and the desktop:
//   electron out/e2e VAULT_DIR USER_DATA_DIR full|quick PAGE_DIR
// It listens on loopback for what the tests want of the doubles, and says where in one line on standard output;
// in another one, when it quits, what is left of the desktop.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { describeRuntime } from '../../main/electron/runtime.ts';
import { prepareApp, startApp } from '../../main/electron/start-app.ts';
import { createDoubles } from './doubles.ts';

const [vaultDir = '', userDataDir = '', derivation, pageDir = ''] = process.argv.slice(-4);
const outDir = fileURLToPath(new URL('../window', import.meta.url));
const quickCore = fileURLToPath(new URL('core.mjs', import.meta.url));
const doubles = createDoubles(derivation === 'full' ? {} : { core: quickCore });

app.setPath('userData', userDataDir);
prepareApp();
app
  .whenReady()
  .then(start)
  .catch((error: unknown) => {
    process.stderr.write(`${error}\n`);
    app.exit(1);
  });

function start(): void {
  startApp({
    outDir,
    pageDir,
    vaultDir,
    marksDir: join(userDataDir, 'marks'),
    version: app.getVersion(),
    runtime: describeRuntime(process),
    environment: {},
    ...doubles,
  });
  doubles.watchDownloads();
  // Nobody can ask the doubles any more.
  app.on('quit', () => process.stdout.write(`left: ${doubles.whatIsLeft()}\n`));
}

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
  if (typeof address === 'object') process.stdout.write(`doubles at http://127.0.0.1:${address?.port}\n`);
});
control.unref();
