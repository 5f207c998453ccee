import type { VaultReader } from '../vault/vault.ts';
import { mayRun } from './may-run.ts';
import type { RotationWorld } from './ports.ts';
import { openRotations } from './rotation-store.ts';

/**
 * What an open rotation does to its old token: `deleting`, where it runs and has looked for the last time whether Rondo
 * signs in with it; one that was cut off there looks again when it is resumed.
 */
export function endOf(world: RotationWorld, reader: VaultReader, token: string): 'deleting' | 'deleted' | undefined {
  const record = openRotations(reader).find((open) => open.token === token);
  if (record === undefined) return undefined;
  if (record.retiredAt !== undefined) return 'deleted';
  const isRetiring = record.steps.some(({ name, state }) => name === 'retire-old' && state === 'running');
  return isRetiring && record.state === 'running' && mayRun(world, record) ? 'deleting' : undefined;
}
