// A real process that signs in with the browser, and can be cut off at one of its own points:
// node sign-in-child.mjs VAULT_DIR HOST WAY KILL_AT
// WAY is `first`, or for the only account that is there `fresh` or `same`, after its client. The process is the person's
// browser as well. It prints one line a point, and its end. KILL_AT is the number of the point at which it kills itself with
// SIGKILL; -1: never.
import { writeSync } from 'node:fs';
import { createCore } from '../../main/core.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { signInAgain, signInByBrowser } from './browser.ts';
import { cheapKdf, expectOk, password } from './core-pieces.ts';

const [vaultDir = '', host = '', way = 'first', killAt = '-1'] = process.argv.slice(2);
let points = 0;
let watching = false;

const core = createCore({
  vaultDir,
  clock: systemClock,
  random: systemRandom,
  deriveKeyWorkerUrl: new URL('../node/derive-key-worker.mjs', import.meta.url),
  actor: 'test',
  environment: {},
  creationKdf: cheapKdf,
  observe(point) {
    if (!watching) return;
    writeSync(1, `${point}\n`);
    if (points === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    points += 1;
  },
});

async function signedIn() {
  if (way === 'first') return signInByBrowser(core.client, host);
  const [account] = expectOk(await core.client('account.list', {})).accounts;
  return signInAgain(core.client, { id: account?.id ?? '', client: way === 'same' ? 'same' : 'fresh' });
}

expectOk(await core.client('vault.unlock', { password: password() }));
watching = true;
const answer = await signedIn();
watching = false;
writeSync(1, `ended ${answer.ok ? answer.value.earlier : answer.error.code}\n`);
await core.close();
