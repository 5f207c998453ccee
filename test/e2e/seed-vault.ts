import { type Core, createCore } from '../../main/core.ts';
import { type Clock, systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import { cheapKdf, deriveKeyWorkerUrl, expectOk, password } from '../support/core-pieces.ts';

/** Makes a vault in `vaultDir`; with a sandbox, one that is signed in to it and has read all of its tokens. */
export async function seedVault(vaultDir: string, sandbox?: RunningSandbox, clock?: Clock): Promise<void> {
  const core = coreOf(vaultDir, clock);
  try {
    expectOk(await core.client('vault.create', { password: password() }));
    if (sandbox === undefined) return;
    expectOk(await core.client('vault.unlock', { password: password() }));
    const value = new TextEncoder().encode(sandbox.personalToken);
    expectOk(await core.client('account.add', { host: sandbox.url, value, name: 'Sandbox' }));
    expectOk(await core.client('sync.run', {}));
  } finally {
    await core.close();
  }
}

/** As another process would. */
export async function giveNewKeys(vaultDir: string): Promise<void> {
  const core = coreOf(vaultDir);
  try {
    expectOk(await core.client('vault.unlock', { password: password() }));
    expectOk(await core.client('vault.re-key', { password: password(), confirm: 'RE-KEY' }));
  } finally {
    await core.close();
  }
}

function coreOf(vaultDir: string, clock = systemClock): Core {
  return createCore({
    vaultDir,
    clock,
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'test',
    environment: {},
    observe: () => {},
    creationKdf: cheapKdf,
  });
}
