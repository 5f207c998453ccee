import type * as z from 'zod';
import type { Channel, RondoCalls, RondoClient } from '../../shared/contract/contract.ts';
import type { Output } from '../../shared/contract/kit.ts';
import { AppError } from '../app-error.ts';
import type { Progress } from './output/progress.ts';
import { hintWithCommand } from './remedy-commands.ts';

/** A call of the contract that throws its failure. @throws AppError whatever the core answers */
export type Ask = <C extends Channel>(
  channel: C,
  input: z.input<RondoCalls[C]['input']>,
) => Promise<Output<RondoCalls[C]>>;

/** What a person is told when one of these takes longer than a moment. */
const waitingFor: Partial<Record<Channel, string>> = {
  'vault.create': 'making the vault…',
  'vault.unlock': 'opening the vault…',
  'vault.verify': 'checking every record…',
  'account.add': 'asking CircleCI who this is…',
  'account.sign-in-begin': 'asking CircleCI where one signs in…',
  'account.sign-in-again': 'asking CircleCI where one signs in…',
  'account.sign-in-end': 'waiting for the browser…',
  'sync.run': 'reading from CircleCI…',
  'token.create-personal': 'asking CircleCI for a token…',
  'token.create-project': 'asking CircleCI for a token…',
  'token.delete': 'asking CircleCI to delete…',
  'token.check': 'asking CircleCI about the values held…',
  'rotation.start': 'rotating…',
  'rotation.resume': 'resuming…',
  'audit.verify': 'checking the chain…',
};

export function asking(client: RondoClient, progress: Progress): Ask {
  return async (channel, input) => {
    const result = await progress.during(waitingFor[channel] ?? 'working…', client(channel, input));
    if (result.ok) return result.value;
    const { code, message, details } = result.error;
    const hint = hintWithCommand(result.error);
    throw new AppError(code, message, {
      ...(hint === undefined ? {} : { hint }),
      ...(details === undefined ? {} : { details }),
    });
  };
}
