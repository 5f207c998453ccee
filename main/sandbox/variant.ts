import type { SandboxVariant } from '../../shared/contract/sandbox.ts';
import type { Place, StoredToken } from './token-table.ts';
import type { World } from './world.ts';

/**
 * How kinds of CircleCI differ in what they show of a token and take for its name in a path. Nobody has published which
 * host does what, so each way that was seen or is likely can be chosen.
 */
export type Variants = ReadonlySet<SandboxVariant>;

/** How a row names its token. Most hosts never show a value again; old ones did. */
export function nameOf(
  { variants }: World,
  token: StoredToken,
): { readonly id?: string; readonly token: string | null } {
  return {
    ...(variants.has('no-ids') ? {} : { id: token.id }),
    token: variants.has('plain-values') ? token.value : null,
  };
}

/** The answer to the create: only that has the value. */
export function created({ variants }: World, token: StoredToken, row: object): object {
  return { ...row, ...(variants.has('create-without-id') ? { id: undefined } : {}), token: token.value };
}

/** Deletes the token that the path names. False where this place has none of that name. */
export function deleteNamed({ tokens, variants, clock }: World, place: Place, name: string): boolean {
  const id = variants.has('delete-by-value') ? tokens.list(place).find(({ value }) => value === name)?.id : name;
  return id !== undefined && tokens.delete(place, id, clock.now());
}
