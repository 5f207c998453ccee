// Makes test/vectors/vaults/<format>: a vault as this format writes it, and what is in it. Run once for each format, by
// `node test/support/make-golden-vault.ts`, and committed; never made again, as later versions must open these very bytes.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../build/bundle.mjs';
import { formatVersion } from '../../main/vault/database.ts';
import { fakeClock } from './fake-clock.ts';
import { goldenContent, goldenPassword } from './golden-vault.ts';
import { passwordBytes, temporaryFolder, vaultIn } from './temporary-vault.ts';

const targetDir = join(root, 'test/vectors/vaults', String(formatVersion));
if (existsSync(targetDir)) throw new Error(`${targetDir} is there, and stays as it is`);
const folder = temporaryFolder();
const vault = vaultIn(folder.path, { clock: fakeClock() });
await vault.create(passwordBytes(goldenPassword));
const session = await vault.unlock(passwordBytes(goldenPassword));
const [token, account, rotation] = ['1', '2', '3'].map((digit) => digit.repeat(32));
session.write((transaction) => {
  const put = (id = '', kind: string, meta: unknown, value: string) =>
    transaction.putRecord({ id, kind, meta }, value === '' ? 'none' : passwordBytes(value));
  put(token, 'token', { label: 'Grüße', tags: ['ci'] }, 'a value that is sealed');
  put(account, 'account', { name: 'work', text: 'x'.repeat(2000) }, '');
  transaction.putJournal(rotation ?? '', { state: 'creating' });
  transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'golden', action: 'token.create', outcome: 'ok' });
});
const content = goldenContent(session);
vault.lock();
mkdirSync(targetDir, { recursive: true });
copyFileSync(join(folder.path, 'vault.rondo'), join(targetDir, 'vault.rondo'));
writeFileSync(join(targetDir, 'content.json'), `${JSON.stringify(content, undefined, 2)}\n`);
rmSync(folder.path, { recursive: true });
