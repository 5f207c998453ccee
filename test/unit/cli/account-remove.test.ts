import { expect, test } from 'vitest';
import { connectedCli } from '../../support/connected-cli.ts';

test('account remove says how many open rotations stand still, and how they go on', async () => {
  await using cli = await connectedCli();
  const { account } = cli.connected;
  const label = (name: string) => cli.tokens.find((token) => token.label === name)?.id ?? '';
  for (const name of ['danger', 'fastlane']) await cli.run(['rotate', label(name), '--guided']);
  const removed = await cli.run(['account', 'remove', account]);
  expect(removed.exitCode).toBe(0);
  expect(removed.stdout).toContain('2 open rotations of its tokens stand still');
  expect(removed.stdout).toContain('Add the account again and resume, or give up: rondo rotation list');
  const value = `${cli.sandbox.personalToken}\n`;
  await cli.run(['account', 'add', '--host', cli.connected.between.url], { stdin: value });
  const open = JSON.parse((await cli.run(['rotation', 'list', '--state', 'waiting', '--json'])).stdout).rotations;
  for (const { id } of open) await cli.run(['rotation', 'abandon', id, '--confirm', 'ABANDON']);
  const again = await cli.run(['account', 'remove', account, '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({ account: { id: account }, openRotations: 0 });
});
