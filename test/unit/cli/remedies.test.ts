import { describe, expect, test } from 'vitest';
import { remedyCommands } from '../../../main/cli/remedy-commands.ts';
import { remedies } from '../../../shared/contract/remedies.ts';
import { cli, Refusal } from '../../support/cli-world.ts';

describe("The core's hints name no command, and the command line adds it", () => {
  const message = 'A rotation of the token is open already. Nothing was changed.';
  const refusedWith = (hint: string, details: Record<string, unknown>) =>
    cli(['rotate', 'bbbbbb', '--json'], {
      answers: { 'rotation.start': () => new Refusal({ code: 'rotation-open', message, hint, details }) },
    });

  test('to the hint of what would help', async () => {
    const run = await refusedWith('Resume it, or give it up first.', { remedy: 'rotation.resume' });
    expect(JSON.parse(run.stdout).error).toMatchObject({
      hint: 'Resume it, or give it up first: rondo rotation resume',
      details: { remedy: 'rotation.resume' },
    });
  });

  test('with the rotation that is meant', async () => {
    const run = await refusedWith('See where it stands.', { remedy: 'rotation.show', rotation: '0123456789abcdef' });
    expect(JSON.parse(run.stdout).error.hint).toBe('See where it stands: rondo rotation show 0123456789ab');
  });

  test('to no other hint', async () => {
    const run = await refusedWith('Wait until it is done.', { remedy: 'patience' });
    expect(JSON.parse(run.stdout).error.hint).toBe('Wait until it is done.');
  });

  test.each(remedies)('and what it adds is a command that there is: %s', async (remedy) => {
    const [program, ...words] = remedyCommands[remedy].split(' ').filter((word) => !/^[A-Z]+$/.test(word));
    const path = words.filter((word) => !word.startsWith('--'));
    const help = await cli([...path, '--help']);
    expect(program).toBe('rondo');
    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain(`rondo ${path.join(' ')}`);
    for (const option of words.filter((word) => word.startsWith('--'))) expect(help.stdout).toContain(option);
  });
});
