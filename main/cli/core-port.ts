import type { RondoClient, RondoEvent } from '../../shared/contract/contract.ts';
import type { Dispose } from '../../shared/contract/kit.ts';

/** What the command line sees of the core: the contract, its events and its end. */
export interface CliCore {
  readonly client: RondoClient;
  subscribe(listener: (event: RondoEvent) => void): Dispose;
  /** Lets a step that is already in the journal end, locks the vault and answers what is still open. */
  close(): Promise<void>;
}

/** `isPassing`: of a vault that is gone with its folder afterwards, and leaves no trace elsewhere. */
export type StartCore = (options: { readonly vaultDir: string; readonly isPassing?: boolean }) => CliCore;
