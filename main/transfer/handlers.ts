import type { RondoHandlers } from '../../shared/contract/contract.ts';
import { exportPlain, exportSealed, importSealed, type TransferWorld } from './transfers.ts';

type TransferChannels = Extract<keyof RondoHandlers, `transfer.${string}`>;

export function transferHandlers(world: TransferWorld): Pick<RondoHandlers, TransferChannels> {
  return {
    'transfer.export': async ({ path, exportPassword }) => ({
      export: await exportSealed(world, path, exportPassword),
    }),
    'transfer.export-plain': ({ path, confirm }) => ({ export: exportPlain(world, path, confirm) }),
    'transfer.import': async ({ path, exportPassword: password, dryRun }) => ({
      import: await importSealed(world, { path, password, dryRun }),
    }),
  };
}
