import { expect, test } from 'vitest';
import { answersToPages } from '../../../main/electron/answers.ts';
import { coreKeyChannel } from '../../../shared/contract/page-seal.ts';
import { success } from '../../../shared/contract/result.ts';

/** Each who answers says who they are, and what they were asked. */
function asked(locking: () => Promise<void> | undefined = () => undefined) {
  const log: string[] = [];
  let core = 'the core';
  const answering = (who: () => string) => async (channel: unknown) => {
    log.push(`${who()}: ${channel}`);
    return success(undefined);
  };
  const ask = answersToPages({
    own: answering(() => 'the window'),
    core: () => ({ dispatch: answering(() => core) }),
    locking,
    pause: {
      tried(unlock) {
        log.push('a try');
        return unlock();
      },
    },
    backupsDir: '/vault/backups',
  });
  return {
    log,
    ask,
    coreReplaced() {
      core = 'the fresh core';
    },
  };
}

test('the window answers its own calls, the core those that a page makes, and nobody any other', async () => {
  const { ask, log } = asked();
  for (const channel of ['settings.change', 'inventory.read', coreKeyChannel, 'vault.re-key', 'constructor', 7])
    await ask(channel, {});
  await ask('backup.create', { path: '/elsewhere/one.rondo' });
  expect(log).toEqual([
    'the window: settings.change',
    'the core: inventory.read',
    `the core: ${coreKeyChannel}`,
    ...['the window: undefined', 'the window: undefined', 'the window: undefined', 'the window: undefined'],
  ]);
});

test('a page that locks the vault has the window lock it', async () => {
  const { ask, log } = asked();
  await ask('vault.lock', {});
  expect(log).toEqual(['the window: window.lock']);
});

test('while it locks nobody answers with what the ending core knows', async () => {
  const ended = Promise.withResolvers<void>();
  const { ask, log, coreReplaced } = asked(() => ended.promise);
  const waiting = [ask('inventory.read', {}), ask('token.copy', {})];
  await ask('settings.change', {});
  expect(log).toEqual(['the window: settings.change']);
  coreReplaced();
  ended.resolve();
  await Promise.all(waiting);
  expect(log.slice(1)).toEqual(['the fresh core: inventory.read', 'the window: token.copy']);
});

test.each([
  ...['vault.unlock', 'vault.change-password', 'vault.make-recovery-code', 'vault.remove-way', 'backup.restore'],
  ...['keychain.remember', 'keychain.unlock'],
])('%s is a try, after which there may be a pause', async (channel) => {
  const { ask, log } = asked();
  await ask(channel, {});
  expect(log).toEqual(['a try', expect.stringContaining(channel)]);
});
