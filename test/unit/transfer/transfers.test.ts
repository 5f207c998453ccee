import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { temporaryCore, type WatchedCore } from '../../support/temporary-core.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-vault.ts';
import { operate } from '../../support/vault-surgery.ts';

let connected: ConnectedCore;
let folder: TemporaryFolder;
beforeEach(async () => {
  connected = await connectedCore();
  folder = temporaryFolder();
});
afterEach(async () => {
  await connected[Symbol.asyncDispose]();
  folder.dispose();
});

const exportPassword = (text = 'a password for the way') => new TextEncoder().encode(text);
const pathOf = (name: string) => join(folder.path, name);
const exportTo = async (path: string) =>
  expectOk(await connected.client('transfer.export', { path, exportPassword: exportPassword() })).export;
const importFrom = ({ client }: Pick<WatchedCore, 'client'>, path: string, more: { dryRun?: boolean } = {}) =>
  client('transfer.import', { path, exportPassword: exportPassword(), ...more });
const make = async (label: string, keep: boolean) =>
  expectOk(
    await connected.client('token.create-project', { project: 'gh/tidewater/web', scope: 'status', label, keep }),
  ).token;

describe('an export', () => {
  test('is one private file, says what is in it, and has no value that is only held', async () => {
    await make('sealed', false);
    await make('kept', true);
    const path = pathOf('all.rondo-export');
    const report = await exportTo(path);
    const tokens = await connected.tokens();
    expect(report).toMatchObject({ path, encrypted: true, values: 2, leftOut: { sealedValues: 1, openRotations: 0 } });
    expect(report.records).toMatchObject({ account: 1, token: tokens.length });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path)).toEqual(['all.rondo-export']);
    const entries = expectOk(await connected.client('audit.list', {})).entries;
    expect(entries.at(-1)).toMatchObject({ action: 'vault.exported', detail: expect.stringContaining('sealed') });
  });

  test('in the clear wants the word, holds the values as text, and is logged as what it is', async () => {
    const { id } = await make('kept', true);
    const path = pathOf('plain.json');
    const { client } = connected;
    expect(expectFailure(await client('transfer.export-plain', { path, confirm: 'yes' })).code).toBe(
      'confirmation-required',
    );
    expect(existsSync(path)).toBe(false);
    expectOk(await client('transfer.export-plain', { path, confirm: 'PLAIN' }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const document = JSON.parse(readFileSync(path, 'utf8'));
    const taken = new TextDecoder().decode(expectOk(await client('token.take', { id })).value);
    const values = document.records.flatMap(({ value }: { value?: string }) => (value === undefined ? [] : [value]));
    expect(values.sort()).toEqual([connected.sandbox.personalToken, taken].sort());
    expect(document.warning).toContain('open CircleCI to whoever reads them');
    const entries = expectOk(await client('audit.list', {})).entries;
    expect(entries.find(({ action }) => action === 'vault.exported')).toMatchObject({ detail: 'in the clear' });
    // It has no seal, so nobody could tell what was changed in it.
    expect(expectFailure(await importFrom(connected, path))).toMatchObject({ code: 'invalid-input' });
  });

  test('never takes the place of anything, and needs a folder that is there', async () => {
    writeFileSync(pathOf('mine'), 'precious');
    symlinkSync(pathOf('nowhere'), pathOf('link'));
    mkdirSync(pathOf('folder'));
    for (const name of ['mine', 'link', 'folder']) {
      for (const answer of [
        await connected.client('transfer.export', { path: pathOf(name), exportPassword: exportPassword() }),
        await connected.client('transfer.export-plain', { path: pathOf(name), confirm: 'PLAIN' }),
      ])
        expect(expectFailure(answer), name).toMatchObject({
          code: 'invalid-input',
          message: expect.stringContaining('already'),
        });
    }
    expect(readFileSync(pathOf('mine'), 'utf8')).toBe('precious');
    const nowhere = pathOf('no/folder/here');
    const answer = await connected.client('transfer.export', { path: nowhere, exportPassword: exportPassword() });
    expect(expectFailure(answer).code).toBe('not-found');
    const empty = await connected.client('transfer.export', { path: pathOf('x'), exportPassword: new Uint8Array() });
    expect(expectFailure(empty).message).toContain('exportPassword: is empty');
    expect(readdirSync(folder.path).sort()).toEqual(['folder', 'link', 'mine']);
  });
});

describe('an import', () => {
  test('into a new vault brings one that signs in, syncs and rotates', async () => {
    const kept = await make('kept', true);
    const path = pathOf('e');
    await exportTo(path);
    await using other = await temporaryCore();
    const dry = expectOk(await importFrom(other, path, { dryRun: true })).import;
    expect(expectOk(await other.client('token.list', {})).tokens).toEqual([]);
    const done = expectOk(await importFrom(other, path)).import;
    expect(done).toEqual({ ...dry, dryRun: false });
    expect(done).toMatchObject({ ownVault: false, counts: { change: 0, skip: 0 } });
    expect(expectOk(await other.client('token.list', {})).tokens).toEqual(await connected.tokens());
    const synced = expectOk(await other.client('sync.run', {})).sync;
    expect(synced).toMatchObject({ added: 0, gone: 0 });
    const order = { ids: [kept.id], keep: true, dryRun: false };
    expect(expectOk(await other.client('rotation.start', order)).rotations).toMatchObject([{ state: 'done' }]);
    expect(expectOk(await other.client('vault.verify', {})).ok).toBe(true);
    // And back: what happened there is newer, and its rotation comes along.
    const back = pathOf('back');
    expectOk(await other.client('transfer.export', { path: back, exportPassword: exportPassword() }));
    const merged = expectOk(await importFrom(connected, back)).import;
    expect(merged.records.filter(({ act, kind }) => act === 'add' && kind !== 'token')).toMatchObject([
      { kind: 'rotation' },
    ]);
    expect(await connected.pick({ id: kept.id })).toMatchObject({ state: 'revoked', hasValue: 'none' });
    expect(expectOk(await connected.client('rotation.list', {})).rotations).toMatchObject([{ state: 'done' }]);
  });

  test('that is refused changes nothing, whatever is wrong with the file', async () => {
    const path = pathOf('e');
    await exportTo(path);
    const whole = readFileSync(path);
    const file = (name: string, content: Uint8Array) => {
      writeFileSync(pathOf(name), content);
      return pathOf(name);
    };
    const flipped = Buffer.from(whole);
    flipped[500] = (flipped[500] ?? 0) ^ 4;
    await using other = await temporaryCore();
    const before = readFileSync(join(other.vaultDir, 'vault.rondo'));
    const problems = [
      [file('cut', whole.subarray(0, -1)), 'vault-damaged', 'cut-short'],
      [file('flipped', flipped), 'vault-damaged', 'changed'],
      [file('text', Buffer.from('Dear diary')), 'invalid-input', 'not-an-export'],
      [file('empty', Buffer.of()), 'invalid-input', 'not-an-export'],
      [join(other.vaultDir, 'vault.rondo'), 'invalid-input', 'not-an-export'],
    ] as const;
    for (const [name, code, problem] of problems)
      expect(expectFailure(await importFrom(other, name)), name).toMatchObject({ code, details: { problem } });
    const wrong = { path, exportPassword: exportPassword('another') };
    expect(expectFailure(await other.client('transfer.import', wrong)).code).toBe('wrong-password');
    expect(expectFailure(await importFrom(other, pathOf('absent'))).code).toBe('not-found');
    expect(expectFailure(await importFrom(other, folder.path)).code).toBe('invalid-input');
    expect(expectOk(await other.client('audit.list', {})).entries).toEqual([]);
    expect(readFileSync(join(other.vaultDir, 'vault.rondo'))).toEqual(before);
  });
});

test('a damaged vault exports what it can still read, and says that it is not all', async () => {
  const { id } = await connected.pick({ label: 'fastlane' });
  expectOk(await connected.client('vault.lock', {}));
  operate(connected.vaultDir, (database) => {
    database.prepare('UPDATE record SET meta = zeroblob(length(meta)) WHERE id = ?').run(Buffer.from(id, 'hex'));
  });
  await connected.unlock();
  const report = await exportTo(pathOf('rest'));
  expect(report.leftOut.unreadable).toBe(1);
  await using other = await temporaryCore();
  expectOk(await importFrom(other, pathOf('rest')));
  expect(expectOk(await other.client('token.list', {})).tokens).toEqual(await connected.tokens());
});

/** Like an open rotation, a creation under way stays where it was begun: two vaults would both settle it. */
const staying = ['creationStore'];

/** A room that stores a new kind of record says how it travels, or exports would silently leave it out. */
test('every store of records has its rules for leaving', () => {
  const sources = readdirSync(new URL('../../../main', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, text: readFileSync(new URL(`../../../main/${name}`, import.meta.url), 'utf8') }));
  const stores = sources.flatMap(({ text }) =>
    [...text.matchAll(/const (\w+) = createRecordStore\(/g)].map(([, store = '']) => store),
  );
  const rules = sources.filter(({ name }) => name.endsWith('for-transfer.ts')).map(({ text }) => text);
  const core = sources.find(({ name }) => name === 'core.ts')?.text ?? '';
  expect(stores.length).toBeGreaterThan(3);
  expect(stores.filter((store) => !rules.some((text) => text.includes(`store: ${store},`)))).toEqual(staying);
  const transfers = rules.flatMap((text) =>
    [...text.matchAll(/export const (\w+Transfer) =/g)].map(([, name]) => name),
  );
  expect(transfers.filter((name) => !core.includes(`transferKind(${name})`))).toEqual([]);
});
