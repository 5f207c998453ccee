import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isForPages, isOwnPlace } from '../../../main/electron/page-calls.ts';
import { calls } from '../../../shared/contract/contract.ts';

test('a page has the calls that its screens make, and none that takes the vault apart', () => {
  // All of the others, so that one that comes later is thought about.
  expect(
    Object.keys(calls)
      .filter((channel) => !isForPages(channel))
      .toSorted(),
  ).toEqual([
    'account.list',
    'account.sign-in-address',
    'job.wait',
    'project.list',
    'rotation.list',
    'rotation.show',
    'sandbox.state',
    'sandbox.stop',
    'token.adopt',
    'token.edit',
    'token.list',
    'transfer.export',
    'transfer.export-plain',
    'transfer.import',
    'vault.carve',
    'vault.lock',
    'vault.make-keychain-key',
    'vault.re-key',
    'vault.verify',
  ]);
  for (const name of ['constructor', '__proto__', '', undefined, { toString: () => 'token.show' }])
    expect(isForPages(name)).toBe(false);
});

test('a page names no place for a backup but among its own', () => {
  const own = '/home/ada/rondo/vault.rondo.backups';
  const isOwn = (channel: string, input: unknown) => isOwnPlace(channel, input, own);
  expect(isOwn('backup.create', {})).toBe(true);
  expect(isOwn('backup.create', { path: '/tmp/planted.rondo' })).toBe(false);
  expect(isOwn('backup.restore', { path: join(own, '2026-11-23T08-00-00.000Z.rondo') })).toBe(true);
  // As the page seals it.
  expect(isOwn('backup.restore', { open: { path: join(own, 'one.rondo') }, sealed: {}, from: {} })).toBe(true);
  expect(isOwn('backup.restore', { open: { path: '/tmp/one.rondo' }, sealed: {}, from: {} })).toBe(false);
  expect(isOwn('backup.restore', { path: join(own, 'one.rondo'), open: { path: '/tmp/one.rondo' } })).toBe(false);
  for (const path of [`${own}/../planted`, `${own}/deeper/one`, own, 7, { toString: () => `${own}/one` }])
    expect(isOwn('backup.restore', { path })).toBe(false);
  expect(isOwn('token.list', { path: '/tmp' })).toBe(true);
});
