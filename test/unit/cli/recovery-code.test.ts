import { expect, test } from 'vitest';
import { type Asked, cli } from '../../support/cli-world.ts';

const vault = { path: '/v', exists: true, locked: false };
const bytes = (text: string) => new TextEncoder().encode(text);
const answers = {
  'vault.make-recovery-code': () => ({ recoveryCode: bytes('ABCDE-FGHJK') }),
  'vault.remove-way': () => ({ vault }),
  'vault.change-password': () => ({ vault }),
  'token.list': () => ({ tokens: [] }),
};

function given(asked: readonly Asked[], channel: Asked['channel']): Record<string, unknown> {
  const fields = Object.entries(Object(asked.find((one) => one.channel === channel)?.input));
  return Object.fromEntries(
    fields.map(([name, value]) => [name, value instanceof Uint8Array ? new TextDecoder().decode(value) : value]),
  );
}

test('vault recovery-code prints it alone on the first line, or as JSON', async () => {
  const plain = await cli(['vault', 'recovery-code'], { answers });
  expect(plain.exitCode).toBe(0);
  expect(plain.stdout.split('\n')[0]).toBe('ABCDE-FGHJK');
  expect(given(plain.core.asked, 'vault.make-recovery-code')).toEqual({ password: 'secret' });
  const json = await cli(['vault', 'recovery-code', '--json'], { answers });
  expect(JSON.parse(json.stdout)).toEqual({ recoveryCode: 'ABCDE-FGHJK' });
});

test('vault recovery-code --remove removes it', async () => {
  const run = await cli(['vault', 'recovery-code', '--remove', '--json'], { answers });
  expect(JSON.parse(run.stdout)).toEqual({ vault });
  expect(given(run.core.asked, 'vault.remove-way')).toEqual({ way: 'recovery', password: 'secret' });
});

test('--recovery-code-file opens the vault for any command, and gives it a new password', async () => {
  const files = { '/code': 'ABCDE-FGHJK\n', '/new': 'another\n' };
  const setting = { answers, files, environment: {} };
  const list = await cli(['token', 'list', '--json', '--recovery-code-file', '/code'], setting);
  expect(list.exitCode).toBe(0);
  expect(given(list.core.asked, 'vault.unlock')).toEqual({ recoveryCode: 'ABCDE-FGHJK' });
  const change = await cli(
    ['vault', 'change-password', '--new-password-file', '/new', '--recovery-code-file', '/code'],
    setting,
  );
  expect(change.exitCode).toBe(0);
  expect(given(change.core.asked, 'vault.change-password')).toEqual({
    recoveryCode: 'ABCDE-FGHJK',
    newPassword: 'another',
  });
});

test('the code and a password at once are a usage error', async () => {
  const run = await cli(['token', 'list', '--recovery-code-file', '/code', '--password-file', '/pw'], { answers });
  expect(run.exitCode).toBe(2);
  expect(run.acts).toEqual([]);
});
