import type { Holder, StoredToken } from './token-table.ts';
import { newUuid, newValue } from './value-shapes.ts';
import type { World } from './world.ts';

/** Makes a token that works from now on. */
export function mint(world: World, wanted: { label: string; holder: Holder; expiresMs?: number }): StoredToken {
  const id = newUuid(world.random);
  const value = newValue(wanted.holder.kind, id, world.random);
  const token: StoredToken = { ...wanted, id, value, createdMs: world.clock.now() };
  world.tokens.add(token);
  return token;
}
