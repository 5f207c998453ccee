// Searches every file of the vault's folder for what must not be readable there. The search itself is proved by finding
// the same strings in a file that holds them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formsOf } from '../support/readable-forms.ts';
import { startVaultChild } from '../support/start-vault-writer.ts';
import { type TemporaryVault, temporaryVault, vaultIn } from '../support/temporary-vault.ts';

const canaries = {
  label: 'canary-label-Grüße-61f0',
  host: 'https://canary-host.example',
  login: 'canary-login-8842',
  project: 'gh/canary-org/canary-project',
  value: 'CCIPAT_canary-value-0c1d2e3f4a5b6c7d8e9f',
  step: 'canary-journal-step',
  detail: 'canary-audit-detail',
  password: 'correct horse battery staple',
};

function findIn(dir: string): string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(0);
  return files.flatMap((file) => {
    const content = Buffer.concat([Buffer.from(file.name), readFileSync(join(file.parentPath, file.name))]);
    const found = Object.entries(canaries).filter(([, text]) => formsOf(text).some((form) => content.includes(form)));
    return found.map(([name]) => `${name} in ${file.name}`);
  });
}

let vault: TemporaryVault;
beforeAll(async () => {
  vault = await temporaryVault();
});
afterAll(() => vault.dispose());

function writeCanaries(opened = vault.session): string {
  const id = opened.newId();
  const { value, step, detail, password: _, ...meta } = canaries;
  const record = { id, kind: 'canary-label-Grüße-61f0', meta: { ...meta, at: '2026-11-23T00:00:00.000Z' } };
  opened.write((transaction) => {
    transaction.putRecord(record, new TextEncoder().encode(value));
    transaction.putJournal(opened.newId(), { step, slug: canaries.project });
    transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'x', outcome: 'ok', detail });
  });
  // Without a new value nothing is moved out of the write-ahead log: that must be searched, too.
  opened.write((transaction) => transaction.putRecord(record, 'same'));
  return id;
}

test('the search finds every canary in every form where it does stand', () => {
  for (const [name, text] of Object.entries(canaries)) {
    for (const [index, form] of formsOf(text).entries()) {
      const path = join(vault.vaultDir, 'control');
      writeFileSync(path, Buffer.concat([Buffer.from('#'), form, Buffer.from('#')]));
      expect(findIn(vault.vaultDir), `${name}, form ${index}`).toContain(`${name} in control`);
    }
  }
  for (const prefix of ['', 'a', 'ab']) {
    const encoded = Buffer.from(`${prefix}${canaries.value}!`).toString('base64');
    writeFileSync(join(vault.vaultDir, 'control'), encoded);
    expect(findIn(vault.vaultDir), `base64 after "${prefix}"`).toContain('value in control');
  }
  writeFileSync(join(vault.vaultDir, 'control'), '');
});

test('nothing is readable while the vault is open, after a value was lent, and after lock', async () => {
  const id = writeCanaries();
  expect(vault.session.withSecret(id, (bytes) => new TextDecoder().decode(bytes))).toBe(canaries.value);
  expect(readdirSync(vault.vaultDir)).toContain('vault.rondo-wal');
  expect(findIn(vault.vaultDir)).toEqual([]);
  await vault.session.exclusively(async () => expect(findIn(vault.vaultDir)).toEqual([]));
  vault.vault.lock();
  expect(findIn(vault.vaultDir)).toEqual([]);
});

test('nothing is readable after a writer was killed', async () => {
  const reopened = vaultIn(vault.vaultDir);
  writeCanaries(await reopened.unlock(vault.password()));
  const child = startVaultChild(vault.vaultDir, 'add');
  await child.line('saved');
  child.process.kill('SIGKILL');
  await child.ended();
  expect(findIn(vault.vaultDir)).toEqual([]);
  reopened.lock();
});

test.each(['emptied', 'removed'])('a value that was %s is not in the file any more, not even sealed', async (how) => {
  const reopened = vaultIn(vault.vaultDir);
  const session = await reopened.unlock(vault.password());
  const id = session.newId();
  session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: {} }, new TextEncoder().encode('x')));
  const sealed = sealedSecretOf(id);
  expect(inAnyFile(sealed)).toBe(true);
  session.write((transaction) => {
    if (how === 'removed') transaction.removeRecord(id);
    else transaction.putRecord({ id, kind: 'token', meta: {} }, 'none');
  });
  expect(inAnyFile(sealed)).toBe(false);
  reopened.lock();
});

function sealedSecretOf(id: string): Buffer {
  const file = readFileSync(join(vault.vaultDir, 'vault.rondo'));
  const head = Buffer.concat([Buffer.from('RNDO'), Buffer.of(2, 1, 0, 0, 0, 1), Buffer.from(id, 'hex')]);
  const at = file.indexOf(head);
  expect(at).toBeGreaterThan(0);
  return file.subarray(at, at + 50 + 128 + 16);
}

function inAnyFile(sealed: Buffer): boolean {
  return readdirSync(vault.vaultDir).some((name) =>
    readFileSync(join(vault.vaultDir, name)).includes(sealed.subarray(26)),
  );
}
