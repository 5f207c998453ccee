import type { Scope } from '../../shared/contract/token.ts';

// The names of CircleCI's page since December 2020 against the names that its v1 routes have kept.
const wireScopes: Readonly<Record<Scope, string>> = { status: 'status', 'read-only': 'view-builds', admin: 'all' };

export function toWireScope(scope: Scope): string {
  return wireScopes[scope];
}

/** A scope that we do not know is shown as the wire says it. */
export function fromWireScope(wireScope: string): string {
  return Object.entries(wireScopes).find(([, wire]) => wire === wireScope)?.[0] ?? wireScope;
}
