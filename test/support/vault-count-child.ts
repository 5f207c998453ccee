// A process that writes counted transactions until it is killed: node vault-count-child.mjs VAULT_DIR
// It says `ready` when everything is loaded, and then one line before and one after each act: `saving <n>` and
// `saved <n>`, `changing` and `changed` the password, `locking` and `locked`, `opening` and `opened`. Synchronously: what
// was said had happened before the process was killed.
import { writeSync } from 'node:fs';
import { loadSodium } from '../../main/vault/sodium.ts';
import { childVault } from './child-vault.ts';
import { password } from './core-pieces.ts';
import { readCounted, writeCounted } from './counted-writes.ts';
import { fixedKeyWorkerUrl } from './fixed-key.ts';

const [vaultDir = ''] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const vault = childVault(vaultDir, fixedKeyWorkerUrl);

async function open() {
  say('opening');
  const session = await vault.unlock(password());
  say('opened');
  return session;
}

await loadSodium();
say('ready');
let session = await open();
for (let n = readCounted(session) + 1; ; n++) {
  say(`saving ${n}`);
  writeCounted(session, n);
  say(`saved ${n}`);
  if (n % 5 === 0) {
    say('changing');
    await vault.changePassword(password(), password());
    say('changed');
  }
  if (n % 7 !== 0) continue;
  say('locking');
  vault.lock();
  say('locked');
  session = await open();
}
