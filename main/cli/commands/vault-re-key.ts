import * as z from 'zod';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { overwrite } from '../password.ts';

const names = { recovery: 'the recovery code', keychain: "the system's keychain" } as const;
type Way = keyof typeof names;

const list = (ways: readonly Way[]) => ways.map((way) => names[way]).join(' and ');

const reKey = defineCommand({
  path: 'vault re-key',
  summary: 'new keys for the same content: what opened the vault before opens only older copies',
  describe: (command) =>
    command
      .option('--keep-recovery-code <file>', 'the recovery code is its first line, and goes on to open the vault')
      .option('--confirm <word>', 'RE-KEY: the other ways into the vault end'),
  input: z.object({ keepRecoveryCode: z.string().optional(), confirm: z.string().default('') }),
  async run({ keepRecoveryCode, confirm }, context) {
    const opener = await context.opener();
    if (!('password' in opener)) {
      overwrite(opener);
      throw new AppError('usage', 'The password is needed here, a recovery code is not enough. Nothing was done.');
    }
    const { password } = opener;
    try {
      const ask = await context.openVault({ password: new Uint8Array(password) });
      const ways = await ask('vault.ways', {});
      const ending = (['recovery', 'keychain'] as const).filter(
        (way) => ways[way] && !(way === 'recovery' && keepRecoveryCode !== undefined),
      );
      if (confirm !== 'RE-KEY') throw notConfirmed(ending);
      const { files } = context.world;
      const code =
        keepRecoveryCode === undefined ? undefined : await context.unlessStopped(files.firstLine(keepRecoveryCode));
      const document = await ask('vault.re-key', {
        password,
        confirm,
        ...(code === undefined ? {} : { recoveryCode: code }),
      });
      const { removed } = document;
      return {
        document,
        lines: () => [
          'The vault has new keys. Older copies of it still open as before: remove those that you do not need.',
          ...(removed.length === 0 ? [] : [`No way into it any more: ${list(removed)}. Set up anew what you need.`]),
        ],
      };
    } finally {
      password.fill(0);
    }
  },
});

function notConfirmed(ending: readonly Way[]): AppError {
  const what =
    ending.length === 0
      ? 'The vault would get new keys.'
      : `${list(ending)} would open the vault no more, as it gets new keys.`;
  return new AppError('confirmation-required', `${what[0]?.toUpperCase()}${what.slice(1)} Nothing was changed.`, {
    hint: `confirm it with --confirm RE-KEY${ending.includes('recovery') ? '; --keep-recovery-code FILE keeps the code' : ''}`,
  });
}

export const vaultReKeyCommands = [reKey];
