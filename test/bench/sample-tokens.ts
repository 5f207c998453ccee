import type { TokenRecord } from '../../main/tokens/token-store.ts';

/** The same believable tokens for every store that is measured. `hex`: 32 characters from a number. */
export function sampleTokens(count: number): TokenRecord[] {
  return Array.from({ length: count }, (_, number) => sampleToken(number));
}

const labels = ['deploy-bot', 'grafana-exporter', 'status badge', 'danger', 'release-please', 'terraform-runner'];
const scopes = ['status', 'view-builds', 'all'];

export function sampleToken(number: number): TokenRecord {
  const hex = number.toString(16).padStart(32, '0');
  return {
    id: hex,
    account: 'a'.repeat(32),
    kind: 'project',
    project: `gh/acme/service-${number % 200}`,
    wireScope: scopes[number % scopes.length] ?? 'all',
    label: `${labels[number % labels.length]}-${number}`,
    remoteId: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`,
    createdAt: new Date(Date.UTC(2025, 0, 1) + number * 60_000).toISOString(),
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    lastSeenAt: '2026-11-23T08:00:00.000Z',
    held: number % 4 === 0 ? 'kept' : 'none',
    tail: hex.slice(-4),
    owner: 'Platform',
    tags: ['prod'],
    note: 'used by the nightly build',
  };
}

export function sampleValue(number: number): Uint8Array {
  return new TextEncoder().encode(`CCIPRJ_${'x'.repeat(22)}_${number.toString(16).padStart(40, '0')}`);
}
