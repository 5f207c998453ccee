import type { SandboxToken } from '../../shared/contract/sandbox.ts';
import { isoInstant } from '../platform/clock.ts';
import type { DeletedToken, StoredToken } from './token-table.ts';
import type { Variables } from './variables.ts';

/** A token with its value, as the sandbox shows it to tests and to the demonstration. */
export function viewToken({ id, label, value, holder, lastUsedMs }: StoredToken): SandboxToken {
  return {
    id,
    kind: holder.kind,
    ...(holder.kind === 'project' ? { project: holder.project } : {}),
    scope: holder.scope,
    label,
    value,
    ...(lastUsedMs === undefined ? {} : { lastUsedAt: isoInstant(lastUsedMs) }),
  };
}

/** The same with its dates, for `GET /__sandbox/state`. */
export function viewDatedToken(token: StoredToken): object {
  const { createdMs, expiresMs } = token;
  return {
    ...viewToken(token),
    createdAt: isoInstant(createdMs),
    ...(expiresMs === undefined ? {} : { expiresAt: isoInstant(expiresMs) }),
  };
}

export function viewDeletedToken(token: DeletedToken): object {
  return { ...viewDatedToken(token), deletedAt: isoInstant(token.deletedMs) };
}

/** Names and values, for `GET /__sandbox/state`. */
export function viewVariables(variables: Variables): Readonly<Record<string, string>> {
  return Object.fromEntries([...variables.values()].map(({ name, value }) => [name, value]));
}
