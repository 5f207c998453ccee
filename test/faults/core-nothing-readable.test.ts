// The folder of a whole core that has connected, synced, created, rotated, failed and backed up: nothing of it can be read.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { formsOf } from '../support/readable-forms.ts';

test('no value, label, host, login, project or name stands in any file, while open and after lock', async () => {
  await using connected = await connectedCore();
  const { client, vaultDir, between, sandbox } = connected;
  const { accounts } = expectOk(await client('account.list', {}));
  const order = { project: 'gh/tidewater/web', scope: 'admin', label: 'canary of the core', keep: true } as const;
  const { token } = expectOk(await client('token.create-project', order));
  expectOk(await client('token.edit', { id: token.id, owner: 'canary-owner-team', note: 'canary note of the core' }));
  const rotation = await connected.rotate(token);
  expect(rotation.state).toBe('done');
  await connected.faults({ add: ['drop-after=POST /#1'] });
  expect((await connected.rotate(await connected.pick({ label: 'danger' }))).state).toBe('done');
  expectOk(await client('backup.create', {}));

  const known = [
    ...sandbox.tokens().flatMap(({ value, label }) => [value, label]),
    ...(await connected.tokens()).flatMap(({ label, project = '' }) => [label, project]),
    ...accounts.flatMap(({ host, login, name, userId }) => [host, login, name, userId]),
    ...[between.url, sandbox.url, 'canary-owner-team', 'canary note of the core'],
  ];
  // What is shorter stands in any file by chance, in one of so many forms.
  const texts = [...new Set(known)].filter((text) => text.length >= 10);
  expect(texts.length).toBeGreaterThan(40);
  const found = () => {
    const files = readdirSync(vaultDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const contents = files.map((file) => readFileSync(join(file.parentPath, file.name)));
    return texts.filter((text) => formsOf(text).some((form) => contents.some((content) => content.includes(form))));
  };
  expect(readdirSync(vaultDir)).toEqual(expect.arrayContaining(['vault.rondo-wal', 'vault.rondo.backups']));
  expect(found()).toEqual([]);
  expectOk(await client('vault.lock', {}));
  expect(found()).toEqual([]);
  writeFileSync(join(vaultDir, 'control'), texts.join('\n'));
  expect(found(), 'the search finds what does stand there').toEqual(texts);
});
