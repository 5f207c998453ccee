import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { damaged, flipCell } from '../../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault } from '../../support/temporary-vault.ts';
import {
  account,
  at,
  backUpAsRondo,
  carved,
  held,
  hurt,
  kept,
  leaveInFile,
  notes,
  partsNow,
  putAccount,
  putToken,
  repair,
  sealed,
} from '../../support/values-to-repair.ts';

// What a repair makes of a description that does not open, beside a value that does.

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

const fromBackup = (id: string, backup: unknown) => ({
  damaged: [{ id, reason: 'does not open', remedy: 'from-backup', backup, only: 'description' }],
  proven: false,
});

describe('a description that does not open', () => {
  test('comes back from the backup, and the only copy of its value stays, to be taken', async () => {
    putToken(opened, sealed, 'value');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, { ...sealed, owner: 'ada' }, 'same');
    const patient = await hurt(opened, sealed.id, 'meta');
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject(fromBackup(sealed.id, backups[0]));
    const { kept: file } = patient.vault.repair({ ...repair, backups });
    expect(file).toBeDefined();
    const { meta, value, about } = await held(opened.vaultDir, sealed.id);
    expect(meta).toMatchObject({ held: 'sealed', heldAt: at });
    expect(meta).not.toHaveProperty('owner');
    expect(value).toBe('value');
    expect(about).toMatch(/; record description from-backup: 1$/);
  });

  test('because it is no blob any more leaves its value all the same', async () => {
    putToken(opened, sealed, 'value');
    const backups = [backUpAsRondo(opened)];
    const patient = await damaged(opened, (database) => database.exec('UPDATE record SET meta = CAST(meta AS TEXT)'));
    patient.vault.repair({ ...repair, backups });
    expect(await held(opened.vaultDir, sealed.id)).toMatchObject({ meta: { held: 'sealed' }, value: 'value' });
  });

  test.each([
    ['with its manifest', false],
    ['without a manifest', true],
  ])('leaves its value in what is carved out of the file, too: %s', async (_, isManifestLost) => {
    putAccount(opened, account, 'own');
    putToken(opened, sealed, 'value');
    const deleted = { ...kept, id: 'd'.repeat(32) };
    putToken(opened, deleted, 'deleted');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, { ...sealed, owner: 'ada' }, 'same');
    opened.session.write((transaction) => transaction.removeRecord(deleted.id));
    await damaged(opened, (database) => {
      flipCell(database, 'meta', sealed.id);
      if (isManifestLost) database.exec('UPDATE manifest SET manifest = zeroblob(400)');
    });
    const report = await carved(opened, backups);
    expect(report).toMatchObject({
      records: 2,
      orphans: 0,
      damaged: [{ kind: 'manifest' }, { id: sealed.id, reason: 'is missing', only: 'description' }],
    });
    expect(await held(report.into, sealed.id)).toMatchObject({ meta: { held: 'sealed' }, value: 'value' });
  });

  test('and was deleted does not come back by a value that still lies somewhere', async () => {
    putToken(opened, kept, 'deleted');
    const backups = [backUpAsRondo(opened)];
    const [, value = new Uint8Array(0)] = partsNow(opened);
    (await opened.vault.unlock(passwordBytes())).write((transaction) => transaction.removeRecord(kept.id));
    const other = { ...sealed, id: 'e'.repeat(32) };
    putToken(opened, other, 'value');
    await hurt(opened, other.id, 'secret');
    leaveInFile(opened.vaultDir, [value]);
    const report = await carved(opened, backups);
    expect(report).toMatchObject({ records: 1, orphans: 1, damaged: [{ id: other.id, remedy: 'set-aside' }] });
    expect((await held(report.into, kept.id)).meta).toBeUndefined();
  });

  test('beside a value that was given to be kept, after it was taken, keeps it', async () => {
    putToken(opened, { ...sealed, held: 'none', takenAt: at }, 'none');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, { ...kept, takenAt: at }, 'value');
    const patient = await hurt(opened, sealed.id, 'meta');
    patient.vault.repair({ ...repair, backups });
    expect(await held(opened.vaultDir, sealed.id)).toMatchObject({ meta: { held: 'kept' }, value: 'value' });
  });

  test('brings back no value that was forgotten since', async () => {
    putToken(opened, kept, 'value');
    const backups = [backUpAsRondo(opened)];
    putToken(opened, { ...kept, held: 'none' }, 'none');
    const patient = await hurt(opened, kept.id, 'meta');
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject(fromBackup(kept.id, backups[0]));
    patient.vault.repair({ ...repair, backups });
    expect(await held(opened.vaultDir, kept.id)).toMatchObject({ meta: { held: 'none' }, value: undefined });
  });

  test('of an account tells of no sign-in that is not the one whose value stays', async () => {
    putAccount(opened, account, 'old');
    const backups = [backUpAsRondo(opened)];
    putAccount(opened, { ...account, signInToken: '2'.repeat(32) }, 'new');
    const patient = await hurt(opened, account.id, 'meta');
    patient.vault.repair({ ...repair, backups });
    const { meta, value } = await held(opened.vaultDir, account.id);
    expect(value).toBe('new');
    expect(meta).toMatchObject({ name: 'ada' });
    expect(meta).not.toHaveProperty('signInToken');
  });

  test('beside a value that has not changed since comes back with its whole row', async () => {
    putAccount(opened, account, 'value');
    const backups = [backUpAsRondo(opened)];
    putAccount(opened, { ...account, name: 'Ada' }, 'same');
    const patient = await hurt(opened, account.id, 'meta');
    expect(patient.vault.damage({ ...notes, backups }).damaged[0]).not.toHaveProperty('only');
    patient.vault.repair({ ...repair, backups });
    const { meta, value } = await held(opened.vaultDir, account.id);
    expect(meta).toMatchObject({ name: 'ada', signInToken: account.signInToken });
    expect(value).toBe('value');
  });
});
