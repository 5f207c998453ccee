import type { RondoClient } from '../shared/contract/contract.ts';
import type { Dispatch } from './dispatch.ts';

/** The contract's types over any dispatch, in process or at the other end of a port. */
export function createClient(dispatch: Dispatch): RondoClient {
  // The one place where the contract's promise about answers is given its types: dispatch parsed the input, and the
  // handlers' types made the output.
  return dispatch as RondoClient;
}
