import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CoreOptions } from '../../main/core.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { cheapKdf, deriveKeyWorkerUrl, expectOk, password } from '../support/core-pieces.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { temporaryCore } from '../support/temporary-core.ts';
import { type HostKind, hosts, places } from './acts.ts';
import type { Host } from './host.ts';

/** A vault that is signed in to the host and synced, from which each sequence takes a copy. */
export interface Prepared extends AsyncDisposable {
  readonly at: HostKind;
  /** Opens it without a derivation, which would take longer than the sequence. */
  readonly keychainKey: Uint8Array;
  copyTo(folder: string): void;
}

export interface WantedVault {
  readonly accounts: number;
  readonly at: HostKind;
}

/** `accounts`: the second is a colleague's, on the same host, who sees one of the projects. */
export async function prepareVault(host: Host, { accounts, at }: WantedVault): Promise<Prepared> {
  const clock = fakeClock();
  const { world, personalToken } = host.begin(clock, hosts[at]);
  const core = await temporaryCore({ clock });
  const { client } = core;
  const bytes = (text: string) => new TextEncoder().encode(text);
  const { account } = expectOk(await client('account.add', { host: host.origin, value: bytes(personalToken) }));
  expectOk(await client('sync.run', {}));
  for (const { slug } of expectOk(await client('project.list', {})).projects) {
    if (!places.includes(slug)) expectOk(await client('project.remove', { slug, account: account.id }));
  }
  if (accounts > 1) {
    const value = world.tokens.all().find(({ label }) => label === 'jonas-laptop')?.value ?? '';
    const added = expectOk(await client('account.add', { host: host.origin, name: 'jonas', value: bytes(value) }));
    expectOk(await client('project.add', { slugs: ['gh/tidewater/web'], account: added.account.id }));
    expectOk(await client('sync.run', {}));
  }
  const { keychainKey } = expectOk(await client('vault.make-keychain-key', { password: password() }));
  // With the backup of the day, which every sequence would make otherwise.
  expectOk(await client('backup.create', {}));
  expectOk(await client('vault.lock', {}));
  const folder = await mkdtemp(join(quickRoot(), 'rondo-model-'));
  cpSync(core.vaultDir, folder, { recursive: true });
  await core[Symbol.asyncDispose]();
  return {
    at,
    keychainKey,
    copyTo: (target) => cpSync(folder, target, { recursive: true }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export function coreOptions(options: Pick<CoreOptions, 'vaultDir' | 'clock' | 'observe'>): CoreOptions {
  return {
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'model',
    environment: {},
    creationKdf: cheapKdf,
    ...options,
  };
}
