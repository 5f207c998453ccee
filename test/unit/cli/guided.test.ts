import { expect, test } from 'vitest';
import { byHand } from '../../support/by-hand.ts';
import { connectedCli } from '../../support/connected-cli.ts';

test('a guided rotation from the command line: it says what to do, and is told what was done', async () => {
  await using cli = await connectedCli();
  const { sandbox, connected } = cli;
  const old = cli.tokens.find(({ label }) => label === 'danger');
  if (old === undefined) throw new Error('there is no such token');
  const begun = await cli.run(['rotate', old.id, '--guided', '--json']);
  expect(begun.exitCode).toBe(0);
  const [{ id, guide }] = JSON.parse(begun.stdout).rotations;
  expect(guide.act).toBe('create');

  const shown = await cli.run(['rotation', 'show', id]);
  expect(shown.stdout).toContain(`open ${connected.between.url}/settings/project/github/tidewater/web/api`);
  expect(shown.stdout).toContain(`rondo rotation resume ${id.slice(0, 8)} --value-stdin`);

  const wrong = await cli.run(['rotation', 'resume', id, '--value-stdin', '--json'], { stdin: 'hello' });
  expect(wrong.exitCode).toBe(2);
  const fresh = await byHand(sandbox).create({ label: 'danger', scope: 'view-builds', project: 'gh/tidewater/web' });
  const told = await cli.run(['rotation', 'resume', id, '--value-stdin', '--json'], { stdin: `${fresh.value}\n` });
  expect(told.exitCode).toBe(0);
  expect(told.stdout + told.stderr).not.toContain(fresh.value);
  expect(JSON.parse(told.stdout).rotations).toMatchObject([{ state: 'waiting', guide: { act: 'delete' } }]);

  const early = await cli.run(['rotation', 'resume', id, '--confirm-deleted', '--json']);
  expect(early.exitCode).toBe(7);
  await byHand(sandbox).remove(old.remoteId ?? '');
  const ended = await cli.run(['rotation', 'resume', id, '--confirm-deleted', '--json']);
  expect(ended.exitCode).toBe(0);
  expect(JSON.parse(ended.stdout).rotations).toMatchObject([{ state: 'done', guided: true }]);
});

test('token adopt takes the value from standard input and never shows it', async () => {
  await using cli = await connectedCli();
  const old = cli.tokens.find(({ label }) => label === 'danger');
  const value = cli.sandbox.tokens().find(({ id }) => id === old?.remoteId)?.value ?? '';
  const run = await cli.run(['token', 'adopt', old?.id ?? '', '--json'], { stdin: `${value}\n` });
  expect(run.exitCode).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ token: { id: old?.id, hasValue: 'kept' } });
  expect(run.stdout + run.stderr).not.toContain(value);
  const wrong = await cli.run(['token', 'adopt', old?.id ?? '', '--json'], { stdin: cli.sandbox.personalToken });
  expect(wrong.exitCode).toBe(2);
});

test('an affirmed deletion that nothing proves is said on the command line', async () => {
  await using cli = await connectedCli();
  const { between } = cli.connected;
  const old = cli.tokens.find(({ label }) => label === 'danger');
  let isDeleted = false;
  between.twist = async ({ method, path }, ask) => {
    if (isDeleted && method === 'GET' && path.endsWith('/token')) return { status: 403, body: '{}' };
    const said = await ask();
    isDeleted ||= method === 'DELETE';
    return said;
  };
  const begun = await cli.run(['rotate', old?.id ?? '', '--json']);
  const [{ id }] = JSON.parse(begun.stdout).rotations;
  const shown = await cli.run(['rotation', 'show', id]);
  expect(shown.stdout).toContain(`rondo rotation resume ${id.slice(0, 8)} --confirm-deleted`);
  const ended = await cli.run(['rotation', 'resume', id, '--confirm-deleted']);
  expect(ended.exitCode).toBe(0);
  expect(ended.stdout).toMatch(/unproved the old token is deleted: asked the person who looked on its page/);
});

test('a refusal is said beside what to do, and that Rondo can be sent once more', async () => {
  await using cli = await connectedCli();
  const old = cli.tokens.find(({ label }) => label === 'danger');
  cli.connected.between.twist = ({ method }, ask) => (method === 'POST' ? { status: 403, body: '{}' } : ask());
  const begun = await cli.run(['rotate', old?.id ?? '', '--json']);
  const [{ id }] = JSON.parse(begun.stdout).rotations;
  const { stdout } = await cli.run(['rotation', 'show', id]);
  expect(stdout).toMatch(/did not create a token of gh\/tidewater\/web \(403\)/);
  expect(stdout).toContain(`rondo rotation resume ${id.slice(0, 8)} --value-stdin`);
  expect(stdout).toContain(`have Rondo try again: rondo rotation resume ${id.slice(0, 8)}`);
});
