import { expect } from 'vitest';
import type { SandboxToken } from '../../shared/contract/sandbox.ts';
import type { Token } from '../../shared/contract/token.ts';
import type { ConnectedCore } from './connected-core.ts';

/**
 * The old token was replaced by exactly one other, nothing else was touched, and the vault holds the new value: asked of
 * the sandbox, not of Rondo. `before`: the ids that existed there when it began. Returns the new token as CircleCI has it.
 */
export async function expectReplaced(
  connected: Pick<ConnectedCore, 'alive' | 'tokens' | 'client'>,
  old: Token,
  before: ReadonlySet<string>,
): Promise<SandboxToken> {
  const now = connected.alive();
  const remoteId = old.remoteId ?? '';
  expect(now.has(remoteId), 'the old token is gone').toBe(false);
  expect(
    [...before].filter((id) => id !== remoteId && !now.has(id)),
    'no other token was touched',
  ).toEqual([]);
  const [fresh, ...more] = [...now.values()].filter(({ id }) => !before.has(id));
  if (fresh === undefined) throw new Error('no token came of it');
  expect(more, 'exactly one token came of it').toEqual([]);
  expect(fresh.kind).toBe(old.kind);
  expect(fresh.project).toBe(old.project);

  const tokens = await connected.tokens();
  const replacement = tokens.find((token) => token.rotatedFrom === old.id);
  expect(replacement).toMatchObject({ remoteId: fresh.id, state: 'active' });
  expect(tokens.find((token) => token.id === old.id)).toMatchObject({
    state: 'revoked',
    rotatedTo: replacement?.id,
    hasValue: 'none',
  });
  expect(await heldValue(connected, replacement?.id ?? '')).toBe(fresh.value);
  return fresh;
}

/** The value that the vault holds, or undefined. */
export async function heldValue({ client }: Pick<ConnectedCore, 'client'>, id: string): Promise<string | undefined> {
  const answer = await client('token.take', { id });
  return answer.ok ? new TextDecoder().decode(answer.value.value) : undefined;
}
