import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { openVaultFolder } from '../../main/vault/open-vault-folder.ts';
import type { Vault } from '../../main/vault/vault.ts';
import { cheapKdf } from './core-pieces.ts';

/** A vault as a process of its own has it; its password is `password` of core-pieces.ts. */
export function childVault(vaultDir: string, deriveKeyWorkerUrl: URL): Vault {
  return openVaultFolder({
    vaultDir,
    clock: systemClock,
    random: systemRandom,
    deriveKeyWorkerUrl,
    actor: 'child',
    creationKdf: cheapKdf,
  });
}
