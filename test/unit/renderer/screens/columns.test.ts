import { expect, test } from 'vitest';
import { columns, type Row, rowOf } from '../../../../renderer/screens/inventory/columns.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { someToken } from '../../../support/some-token.ts';

/** By what this column sorts. */
function orderOf(id: string): (row: Row) => unknown {
  for (const column of columns) {
    if (column.id === id && 'accessorFn' in column) return (row) => column.accessorFn(row, 0);
  }
  throw new Error(`there is no column ${id}`);
}

const row = (account: string | undefined, parts: Parameters<typeof someToken>[0] = {}) =>
  rowOf(someToken(parts), { place: 'Web', account }, someMorning);

test('accounts stand in the order of the names that the list shows, whatever their ids', () => {
  const account = 'b'.repeat(32);
  expect(orderOf('group:account')(row('Work', { account }))).toBe('work');
  expect(orderOf('group:account')(row(undefined, { account })), 'of one that was removed it shows the id').toBe(
    account,
  );
});

test('so do projects, and personal tokens before them', () => {
  const personal = someToken({ kind: 'personal' });
  const { project: _none, ...withoutProject } = personal;
  const names = { place: 'personal', account: 'Work' };
  for (const column of ['group:project', 'project']) {
    expect(orderOf(column)(row('Work', { project: 'circleci/1/2' })), column).toBe('web');
    expect(orderOf(column)(rowOf(withoutProject, names, someMorning)), column).toBe('');
  }
});
