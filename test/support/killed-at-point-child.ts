// A real second process that ends itself by SIGKILL at the n-th point of a task, or prints how many points there are.
// Points are the statements that write, and the file system's acts that something could stand between.
// Arguments: folder, URL of the key derivation worker, task (re-key), point (0: none).
import fs, { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';
import { childVault } from './child-vault.ts';
import { password } from './core-pieces.ts';

const [vaultDir = '', workerUrl = '', task = '', point = '0'] = process.argv.slice(2);
let isCounting = false;
let points = 0;

function pass(): void {
  if (!isCounting) return;
  points += 1;
  if (points === Number(point)) process.kill(process.pid, 'SIGKILL');
}

/** Before and after are different points: the act is done, or it is not. */
function watch(owner: object, name: string): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`there is no ${name}`);
  Reflect.set(owner, name, function watched(this: unknown, ...given: unknown[]): unknown {
    pass();
    const result: unknown = Reflect.apply(original, this, given);
    pass();
    return result;
  });
}

const database = new Database(':memory:');
watch(Object.getPrototypeOf(database.prepare('BEGIN')), 'run');
watch(Object.getPrototypeOf(database), 'exec');
database.close();
for (const name of ['renameSync', 'linkSync', 'rmSync', 'writeSync', 'fsyncSync']) watch(fs, name);
syncBuiltinESMExports();

const vault = childVault(vaultDir, new URL(workerUrl));

await vault.unlock(password());
isCounting = true;
if (task === 're-key') await vault.reKey(password(), []);
isCounting = false;
writeSync(1, `points ${points}\n`);
