import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountRecord } from '../../../main/accounts/account-store.ts';
import { projectStore } from '../../../main/accounts/project-store.ts';
import type { TokenRecord } from '../../../main/tokens/token-store.ts';
import { damaged } from '../../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault } from '../../support/temporary-vault.ts';
import {
  account,
  at,
  backUpAsRondo,
  held,
  hurt,
  kept,
  leaveInFile,
  loseFreePage,
  notes,
  partsNow,
  putAccount,
  putToken,
  refused,
  repair,
  repairAll,
  sealed,
} from '../../support/values-to-repair.ts';

// What a repair makes of a value that does not open, with backups as Rondo makes them: they leave out what waits to be taken,
// and hold what has been replaced since.

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

const project = {
  id: 'b'.repeat(32),
  account: account.id,
  slug: 'gh/acme/web',
  name: 'web',
  watched: 'added',
} as const;

/** Nothing of its value is left to be recognised. */
const hurtWhole = (id: string) =>
  damaged(opened, (database) =>
    database.prepare('UPDATE record SET secret = zeroblob(length(secret)) WHERE id = ?').run(Buffer.from(id, 'hex')),
  );

describe('a value that does not open', () => {
  test('and waited to be taken is in no backup: it is asked about, and the newer description stays', async () => {
    putToken(opened, sealed, 'value');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, { ...sealed, owner: 'ada' }, 'same');
    const patient = await hurt(opened, sealed.id, 'secret');
    const [part, ...others] = patient.vault.damage({ ...notes, backups }).damaged;
    expect(others).toEqual([]);
    expect(part).toEqual({
      id: sealed.id,
      kind: 'record',
      recordKind: 'token',
      reason: 'its value does not open',
      remedy: 'set-aside',
      only: 'value',
    });
    expect(() => patient.vault.repair({ ...repair, backups })).toThrow(refused);
    expect(patient.isUntouched()).toBe(true);
    patient.vault.repair({ ...repairAll, backups });
    const { meta, value, about } = await held(opened.vaultDir, sealed.id);
    expect(meta).toMatchObject({ owner: 'ada', held: 'none', heldAt: at });
    expect(value).toBeUndefined();
    expect(about).toContain(`record value set-aside: 1; set aside ${sealed.id}`);
  });

  test('does not come back by an older one that lies in the file still, whatever its description is', async () => {
    putAccount(opened, account, 'old');
    const [, older = new Uint8Array(0)] = partsNow(opened);
    await opened.vault.unlock(passwordBytes());
    putAccount(opened, { ...account, signInToken: '2'.repeat(32) }, 'new');
    (await hurtWhole(account.id)).vault.lock();
    leaveInFile(opened.vaultDir, [older]);
    loseFreePage(opened.vaultDir);
    const patient = await damaged(opened, () => {});
    const { damaged: parts } = patient.vault.damage({ ...notes, backups: [] });
    expect(parts).toContainEqual(expect.objectContaining({ kind: 'file', id: 'vault.rondo' }));
    expect(parts).toContainEqual(expect.objectContaining({ id: account.id, remedy: 'set-aside', only: 'value' }));
  });

  test('and is in the backup as it was sealed comes back from there, beside the newer description', async () => {
    putToken(opened, kept, 'value');
    // No fingerprint tells: the sealing itself does.
    putToken(opened, { ...kept, fingerprint: 'f0' }, 'same');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, { ...kept, owner: 'ada' }, 'same');
    const patient = await hurt(opened, kept.id, 'secret');
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({
      damaged: [{ id: kept.id, remedy: 'from-backup', backup: backups[0], only: 'value' }],
      proven: false,
    });
    patient.vault.repair({ ...repair, backups });
    expect(await held(opened.vaultDir, kept.id)).toMatchObject({
      meta: { owner: 'ada', held: 'kept' },
      value: 'value',
    });
  });

  test.each([
    ['its nonce', 26],
    ['its tag', -1],
  ])('is recognised also where %s is what was damaged', async (_, where) => {
    putToken(opened, { ...kept, fingerprint: 'f0' }, 'value');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, kept, 'same');
    const patient = await damaged(opened, (database) => {
      const blob = database.prepare('SELECT secret FROM record').pluck().get() as Buffer;
      const at = where < 0 ? blob.length + where : where;
      blob[at] = (blob[at] ?? 0) ^ 1;
      database.prepare('UPDATE record SET secret = ?').run(blob);
    });
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({ damaged: [{ only: 'value' }] });
    patient.vault.repair({ ...repair, backups });
    expect((await held(opened.vaultDir, kept.id)).value).toBe('value');
  });

  test.each([
    ['the fingerprint of a token', kept, { ...kept, owner: 'ada' }],
    ['that it is the same token', account, { ...account, name: 'Ada' }],
  ])('and of which nothing is left is known by %s', async (_, before, now) => {
    const write = (record: typeof before, value: string) =>
      'signInToken' in record
        ? putAccount(opened, record as AccountRecord, value)
        : putToken(opened, record as TokenRecord, value);
    write(before, 'value');
    const backups = [backUpAsRondo(opened)];
    write(now, 'same');
    const patient = await hurtWhole(before.id);
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({
      damaged: [{ id: before.id, remedy: 'from-backup', only: 'value' }],
    });
    patient.vault.repair({ ...repair, backups });
    const { id, ...meta } = now;
    expect(await held(opened.vaultDir, id)).toMatchObject({ meta, value: 'value' });
  });

  test('and of which nothing is left comes back with the row that it stood in, whatever else is lost', async () => {
    const { fingerprint: _unknown, ...untold } = kept;
    putToken(opened, untold, 'value');
    const backups = [backUpAsRondo(opened)];
    const lost = { ...sealed, id: 'e'.repeat(32) };
    putToken(opened, lost, 'lost');
    const patient = await damaged(opened, (database) => database.exec('UPDATE record SET secret = zeroblob(194)'));
    const { damaged: parts, proven } = patient.vault.damage({ ...notes, backups });
    expect(proven).toBe(false);
    expect(new Map(parts.map(({ id, remedy }) => [id, remedy]))).toEqual(
      new Map([
        [kept.id, 'from-backup'],
        [lost.id, 'set-aside'],
      ]),
    );
    patient.vault.repair({ ...repairAll, backups });
    expect(await held(opened.vaultDir, kept.id)).toMatchObject({ meta: { held: 'kept' }, value: 'value' });
  });

  test('of an account that had none in the backup is asked about, although it was the same token', async () => {
    putAccount(opened, account, 'none');
    const backups = [backUpAsRondo(opened)];
    putAccount(opened, { ...account, name: 'Ada' }, 'value');
    const patient = await hurtWhole(account.id);
    expect(() => patient.vault.repair({ ...repair, backups })).toThrow(refused);
  });

  test('and was forgotten since does not come back', async () => {
    putToken(opened, kept, 'value');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, { ...kept, held: 'none', takenAt: at }, 'none');
    const patient = await hurtWhole(kept.id);
    patient.vault.repair({ ...repairAll, backups });
    expect(await held(opened.vaultDir, kept.id)).toMatchObject({
      meta: { held: 'none', takenAt: at },
      value: undefined,
    });
  });

  test('and was replaced since stays away: nobody signs in with the token of then unasked', async () => {
    putAccount(opened, account, 'old');
    const backups = [backUpAsRondo(opened)];
    putAccount(opened, { ...account, signInToken: '2'.repeat(32) }, 'new');
    const patient = await hurt(opened, account.id, 'secret');
    expect(() => patient.vault.repair({ ...repair, backups })).toThrow(refused);
    patient.vault.repair({ ...repairAll, backups });
    const { meta, value } = await held(opened.vaultDir, account.id);
    expect(meta).toMatchObject({ signInToken: '2'.repeat(32) });
    expect(value).toBeUndefined();
  });

  test.each(['project', 'job', 'rotation'])('of a %s never was one: it is made anew without a word', async (kind) => {
    const { id } = project;
    opened.session.write((transaction) => transaction.putRecord({ id, kind, meta: { name: 'web' } }, 'none'));
    const patient = await hurtWhole(id);
    const { damaged: parts } = patient.vault.damage({ ...notes, backups: [] });
    expect(parts).toMatchObject([{ id, recordKind: kind, remedy: 'made-anew' }]);
    expect(parts[0]).not.toHaveProperty('only');
    patient.vault.repair({ ...repair, backups: [] });
    expect(await held(opened.vaultDir, id)).toMatchObject({ meta: { name: 'web' }, value: undefined });
  });

  test('and is empty, as every backup knows, is made anew', async () => {
    opened.session.write((transaction) => projectStore.put(transaction, project, 'none'));
    const backups = [backUpAsRondo(opened)];
    opened.session.write((transaction) => projectStore.put(transaction, { ...project, name: 'web 2' }, 'same'));
    const patient = await hurt(opened, project.id, 'secret');
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({ damaged: [{ remedy: 'made-anew' }] });
    patient.vault.repair({ ...repair, backups });
    expect(await held(opened.vaultDir, project.id)).toMatchObject({ meta: { name: 'web 2' }, value: undefined });
  });
});

describe('a record of which neither part opens', () => {
  test('is as a backup has it only by a word of its own, where its value was another one then', async () => {
    putAccount(opened, account, 'old');
    const backups = [backUpAsRondo(opened)];
    putAccount(opened, { ...account, signInToken: '2'.repeat(32) }, 'new');
    const patient = await hurt(opened, account.id, 'meta', 'secret');
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({
      damaged: [{ id: account.id, remedy: 'set-aside', instead: 'from-backup', backup: backups[0] }],
    });
    expect(() => patient.vault.repair({ ...repair, backups })).toThrow(refused);
    patient.vault.repair({ ...repairAll, backups });
    expect(await held(opened.vaultDir, account.id)).toMatchObject({
      meta: { signInToken: '1'.repeat(32) },
      value: 'old',
    });
  });

  test('and that never has a value is as a backup has it, without a word', async () => {
    opened.session.write((transaction) => projectStore.put(transaction, project, 'none'));
    const backups = [backUpAsRondo(opened)];
    opened.session.write((transaction) => projectStore.put(transaction, { ...project, name: 'web 2' }, 'none'));
    const patient = await damaged(opened, (database) =>
      database.exec('UPDATE record SET meta = zeroblob(512), secret = zeroblob(194)'),
    );
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({ damaged: [{ remedy: 'from-backup' }] });
    patient.vault.repair({ ...repair, backups });
    expect(await held(opened.vaultDir, project.id)).toMatchObject({ meta: { name: 'web' } });
  });

  test('is told as the older form that was found in the file, and that comes back only by the word', async () => {
    putAccount(opened, account, 'old');
    const older = partsNow(opened);
    await opened.vault.unlock(passwordBytes());
    putAccount(opened, { ...account, signInToken: '2'.repeat(32) }, 'new');
    const { vault } = await damaged(opened, (database) =>
      database.exec('UPDATE record SET meta = zeroblob(512), secret = zeroblob(194)'),
    );
    vault.lock();
    leaveInFile(opened.vaultDir, older);
    loseFreePage(opened.vaultDir);
    const patient = await damaged(opened, () => {});
    const { damaged: parts } = patient.vault.damage({ ...notes, backups: [] });
    expect(parts).toContainEqual(
      expect.objectContaining({ id: account.id, remedy: 'set-aside', instead: 'from-file' }),
    );
    expect(() => patient.vault.repair({ ...repair, backups: [] })).toThrow(refused);
    patient.vault.repair({ ...repairAll, backups: [] });
    const { meta, value, about } = await held(opened.vaultDir, account.id);
    expect({ meta, value }).toMatchObject({ meta: { signInToken: '1'.repeat(32) }, value: 'old' });
    expect(about).toContain(`record set-aside from-file: 1; `);
  });

  test('is as a backup has it where that has the very value', async () => {
    putAccount(opened, account, 'value');
    const backups = [backUpAsRondo(opened)];
    putAccount(opened, { ...account, name: 'Ada' }, 'same');
    const patient = await hurt(opened, account.id, 'meta', 'secret');
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({ damaged: [{ remedy: 'from-backup' }] });
    patient.vault.repair({ ...repair, backups });
    expect(await held(opened.vaultDir, account.id)).toMatchObject({ meta: { name: 'ada' }, value: 'value' });
  });
});
