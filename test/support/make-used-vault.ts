// Makes test/vectors/used/<format>: a vault as the app of this format leaves it after some use, and what it shows of it. Run
// once for each format, by `node test/support/make-used-vault.ts` after a build for tests, and committed; never made again.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../build/bundle.mjs';
import { formatVersion } from '../../main/vault/database.ts';
import { connectedCore } from './connected-core.ts';
import { expectFailure, expectOk } from './core-pieces.ts';
import { usedContent } from './used-vault.ts';

const targetDir = join(root, 'test/vectors/used', String(formatVersion));
if (existsSync(targetDir)) throw new Error(`${targetDir} is there, and stays as it is`);
await using connected = await connectedCore();
const { client, between } = connected;
const pick = (label: string) => connected.pick({ label, state: 'active' });

await connected.rotate(await pick('danger'));
await connected.rotate(await pick('fastlane'), { keep: true });
await connected.rotate(await pick('chromatic'), { retire: 'taken' });
await connected.rotate(await pick('nightly-reindex'), { guided: true });
const project = 'gh/tidewater/web';
expectOk(await client('token.create-project', { project, scope: 'status', label: 'badge', keep: false }));
// One that nobody knows whether it was made.
between.twist = async ({ method }, ask) => (method === 'POST' ? void (await ask()) : ask());
expectFailure(await client('token.create-project', { project, scope: 'status', label: 'lost', keep: false }));
between.twist = undefined;
const { job } = expectOk(await client('job.start', { ids: [(await pick('rondo')).id] }));
const isOver = async () => expectOk(await client('job.show', { id: job.id })).job.state === 'done';
while (!(await isOver())) await new Promise((resolve) => setImmediate(resolve));

const content = await usedContent(client);
expectOk(await client('vault.lock', {}));
mkdirSync(targetDir, { recursive: true });
copyFileSync(join(connected.vaultDir, 'vault.rondo'), join(targetDir, 'vault.rondo'));
writeFileSync(join(targetDir, 'content.json'), `${JSON.stringify(content, undefined, 2)}\n`);
