import { describe, expect, test } from 'vitest';
import { waitIsOver } from '../../../shared/wait-over.ts';
import { cli as cliOf } from '../../support/cli-world.ts';
import { connectedCli } from '../../support/connected-cli.ts';
import { rotationId, sampleRotation } from '../../support/contract-samples.ts';
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

  const listed = await cli.run(['rotation', 'list']);
  const short = id.slice(0, 8);
  expect(listed.stdout).toContain(
    `${short} came back with a restored vault: look at its token on CircleCI, then: rondo rotation resume ${short}\n`,
  );

  const { stdout } = await cli.run(['rotation', 'show', id]);
  expect(stdout).toContain('The vault was restored from a backup while this rotation was open');
  expect(stdout).toContain('hint: Sync and look at the token on CircleCI. Then resume this rotation, or give it up.\n');
  expect(stdout).toMatch(/resumed, it goes on from what the steps say: .*\n.*rondo rotation resume/);
});

test.each([
  ['none', 'old-laptop', 1],
  ['one', 'circleci-cli', 0],
])('that the new token expires is said where of the old one %s is known', async (_what, label, times) => {
  await using cli = await connectedCli();
  await cli.connected.unlock();
  const { id } = await cli.connected.pick({ label });
  const { stdout } = await cli.run(['rotate', id]);
  const [fresh] = (await cli.connected.tokens()).filter(({ rotatedFrom }) => rotatedFrom === id);
  const line = `  the new token expires on ${fresh?.expiresAt?.slice(0, 10)}; of the old one no expiry is known\n`;
  expect(stdout.split(line)).toHaveLength(times + 1);
  expect(fresh?.expiresAt).toBeDefined();
});

test('whoever rotates with time is told that no command deletes the old one when it has come, and what does', async () => {
  await using cli = await connectedCli();
  await cli.connected.unlock();
  const { id } = await cli.connected.pick({ label: 'danger' });
  const { stdout, exitCode } = await cli.run(['rotate', id, '--retire', '2h']);
  expect(exitCode).toBe(0);
  const [rotation] = expectOk(await cli.connected.client('rotation.list', {})).rotations;
  const resume = `rondo rotation resume ${rotation?.id.slice(0, 8)}`;
  expect(stdout).toContain(`take the new value: rondo token take ${rotation?.replacement?.slice(0, 8)}\n`);
  expect(stdout).toContain(`  delete the old one once it is due: ${resume}; by itself only the window does`);

  if (rotation === undefined) throw new Error('nothing was rotated');
  const steps = rotation.steps.map((step) => (step.state === 'waiting' ? { ...step, detail: waitIsOver } : step));
  const answers = { 'rotation.show': () => ({ rotations: [{ ...rotation, steps }] }) };
  const over = await cliOf(['rotation', 'show', rotation.id], { answers });
  expect(over.stdout).toContain(`  go on: ${resume}\n`);
  expect(over.stdout).not.toContain('once it is due');
});

test('whose value the old token has waited for is not told to take it once more', async () => {
  const shown = async (change: Parameters<typeof sampleRotation>[0]) => {
    const answers = { 'rotation.show': () => ({ rotations: [sampleRotation(change)] }) };
    return (await cliOf(['rotation', 'show', rotationId], { answers })).stdout;
  };
  const steps = [{ name: 'retire-old' as const, state: 'waiting' as const }];
  const guide = { act: 'delete' as const, url: 'https://circleci.com', line: 'Delete it.' };
  const take = 'take the new value: rondo token take';
  expect(await shown({ retire: 'taken', state: 'waiting', steps })).toContain(take);
  expect(await shown({ retire: 'now', state: 'waiting', steps, guide })).toContain(take);
  expect(await shown({ retire: 'taken', state: 'waiting', steps, guide })).not.toContain(take);
  expect(await shown({ retire: 'taken' })).not.toContain(take);
  expect(await shown({ retire: 'now' })).toContain(take);
});

test('of the rotations that are listed, only those that a backup brought back are explained', async () => {
  const steps = [{ name: 'create' as const, state: 'failed' as const }];
  const open = { state: 'needs-attention' as const, steps };
  const rotations = [
    sampleRotation({ id: 'aaaaaaaa11', ...open }),
    sampleRotation({ id: 'bbbbbbbb22', ...open, decision: 'restored' }),
    sampleRotation({ id: 'cccccccc33', ...open, decision: 'candidates' }),
  ];
  const { stdout } = await cliOf(['rotation', 'list'], { answers: { 'rotation.list': () => ({ rotations }) } });
  expect(stdout.split('\n').filter((line) => line.includes('rondo rotation resume'))).toEqual([
    expect.stringMatching(/^bbbbbbbb .* rondo rotation resume bbbbbbbb$/),
  ]);
});

describe('why a rotation stands where it does', () => {
  const error = {
    code: 'needs-attention' as const,
    message: 'It is unclear. Nothing was deleted.',
    hint: 'Look at both.',
  };
  const open = { state: 'needs-attention' as const, error };
  const shown = async (change: Parameters<typeof sampleRotation>[0]) => {
    const answers = { 'rotation.start': () => ({ rotations: [sampleRotation(change)] }) };
    return (await cliOf(['rotate', 'bbbbbb'], { answers })).stdout;
  };

  test('is said where no step does: it was cut off', async () => {
    const stdout = await shown({ ...open, steps: [{ name: 'create', state: 'running' }] });
    expect(stdout).toContain(error.message);
    expect(stdout).toContain(`hint: ${error.hint}`);
    expect(stdout).toContain(`give it up: rondo rotation abandon ${rotationId.slice(0, 8)}`);
  });

  test('is said once where the step that failed says it, and the hint with it', async () => {
    const stdout = await shown({ ...open, steps: [{ name: 'create', state: 'failed', detail: error.message }] });
    expect(stdout.split(error.message)).toHaveLength(2);
    expect(stdout).toContain(`hint: ${error.hint}`);
  });

  test('and what resuming it would decide about tokens that may be of it', async () => {
    const stdout = await shown({ ...open, decision: 'candidates', steps: [{ name: 'create', state: 'failed' }] });
    expect(stdout).toMatch(/resumed, it keeps what CircleCI lists now, and creates another\n.*rondo rotation resume/);
  });

  test('of one that was not begun, without an id that nobody would find', async () => {
    const { replacement: _none, receipt: _neither, ...rest } = sampleRotation();
    const steps = rest.steps.map(({ name }) => ({ name, state: 'pending' as const }));
    const answers = { 'rotation.start': () => ({ rotations: [{ ...rest, state: 'failed' as const, error, steps }] }) };
    const { stdout, exitCode } = await cliOf(['rotate', 'bbbbbb'], { answers });
    expect(exitCode).toBe(7);
    expect(stdout).toMatch(/^not begun {2}failed/);
    expect(stdout).toContain(error.message);
    expect(stdout).not.toContain(rotationId.slice(0, 8));
    expect(stdout).not.toContain('pending');
  });
});
