// A process that writes counted transactions until it is killed: node vault-count-child.mjs VAULT_DIR SAID_FILE
// Into that file it writes `ready` when everything is loaded, waits for one byte on standard input, and then writes
// `saved <n>`, `changed` and `locked` after each write, change of the password and locking. Synchronously: what stands
// there had happened before the process was stopped.
import { openSync, readSync, writeSync } from 'node:fs';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { openVaultFolder } from '../../main/vault/open-vault-folder.ts';
import { loadSodium } from '../../main/vault/sodium.ts';
import { cheapKdf, password } from './core-pieces.ts';
import { readCounted, writeCounted } from './counted-writes.ts';
import { fixedKeyWorkerUrl } from './fixed-key.ts';

const [vaultDir = '', saidPath = ''] = process.argv.slice(2);
const said = openSync(saidPath, 'a');
const say = (line: string) => writeSync(said, `${line}\n`);
const vault = openVaultFolder({
  vaultDir,
  clock: systemClock,
  random: systemRandom,
  deriveKeyWorkerUrl: fixedKeyWorkerUrl,
  actor: 'child',
  creationKdf: cheapKdf,
});

await loadSodium();
say('ready');
writeSync(1, 'ready\n');
readSync(0, new Uint8Array(1));
let session = await vault.unlock(password());
for (let n = readCounted(session) + 1; ; n++) {
  writeCounted(session, n);
  say(`saved ${n}`);
  if (n % 5 === 0) {
    await vault.changePassword(password(), password());
    say('changed');
  }
  if (n % 7 !== 0) continue;
  vault.lock();
  say('locked');
  session = await vault.unlock(password());
}
