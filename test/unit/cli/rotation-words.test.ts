import { expect, test } from 'vitest';
import { connectedCli } from '../../support/connected-cli.ts';
import { expectOk, password } from '../../support/core-pieces.ts';

test('a rotation that a backup brought back is not passed over in silence by whoever resumes all', async () => {
  await using cli = await connectedCli();
  const { client } = cli.connected;
  await cli.connected.unlock();
  const { id } = await cli.connected.rotate(await cli.connected.pick({ label: 'danger' }), { retire: 'taken' });
  const { backup } = expectOk(await client('backup.create', {}));
  expectOk(await client('backup.restore', { path: backup.path, confirm: 'RESTORE', password: password() }));

  const resumed = await cli.run(['rotation', 'resume', '--json']);
  expect(resumed.exitCode).toBe(7);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ rotations: [{ id, decision: 'restored' }] });
});
