import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Dispatch } from '../../main/dispatch.ts';
import type { Dispose } from '../../shared/contract/kit.ts';
import { createTestCore } from '../support/core-in-folder.ts';
import { password } from '../support/core-pieces.ts';
import { reachByChildProcess, reachByMessagePort } from '../support/transports.ts';

interface Reached {
  readonly dispatch: Dispatch;
  subscribe(listener: (event: unknown) => void): Dispose;
  close(): Promise<void>;
}

const transports: Readonly<Record<string, (vaultDir: string) => Reached>> = {
  direct: createTestCore,
  'message port': (vaultDir) => {
    const core = createTestCore(vaultDir);
    const reached = reachByMessagePort(core);
    return { ...reached, close: () => Promise.all([reached.close(), core.close()]).then(() => {}) };
  },
  'child process': (vaultDir) => reachByChildProcess('core-child', [vaultDir]),
};

const wrongPassword = () => new TextEncoder().encode('incorrect horse');
const unknownId = 'abcdef';

/** A session from an empty folder to a locked vault, with what goes wrong in one. */
const session: readonly (readonly [channel: unknown, input: () => unknown])[] = [
  ['vault.status', () => ({})],
  ['vault.unlock', () => ({ password: password() })],
  ['token.list', () => ({})],
  ['vault.create', () => ({ password: new Uint8Array() })],
  ['vault.create', () => ({ password: 'as text' })],
  ['vault.create', () => ({ password: password() })],
  ['vault.create', () => ({ password: password() })],
  ['vault.unlock', () => ({ password: wrongPassword() })],
  ['vault.unlock', () => ({ password: password() })],
  ['account.list', () => ({})],
  ['token.list', () => ({ search: 'x'.repeat(2_000) })],
  ['token.list', () => ({})],
  ['token.show', () => ({ id: unknownId })],
  ['token.take', () => ({ id: unknownId })],
  ['rotation.start', () => ({ ids: [unknownId], keep: false, dryRun: true })],
  ['rotation.resume', () => ({ ids: [] })],
  ['account.add', () => ({ host: 'http://example.com', value: Uint8Array.of(1) })],
  ['audit.verify', () => ({})],
  ['vault.verify', () => ({})],
  ['toString', () => ({})],
  ['vault.lock', () => ({})],
  ['token.list', () => ({})],
];

test('the core answers and announces the same over every transport', async () => {
  const told: Record<string, unknown> = {};
  for (const [name, reach] of Object.entries(transports)) told[name] = await tell(reach);
  const direct = told.direct as Awaited<ReturnType<typeof tell>>;
  expect(direct.codes).toEqual([
    ...['ok', 'not-found', 'locked', 'invalid-input', 'invalid-input', 'ok', 'invalid-input', 'wrong-password', 'ok'],
    ...['ok', 'invalid-input', 'ok', 'not-found', 'not-found', 'not-found', 'ok', 'invalid-input', 'ok', 'ok'],
    ...['invalid-input', 'ok', 'locked'],
  ]);
  expect(direct.events.length).toBeGreaterThan(0);
  for (const name of Object.keys(transports)) expect(told[name], name).toStrictEqual(direct);
});

/** Everything that a front door hears in one session, without the name of the folder, which differs. */
async function tell(reach: (vaultDir: string) => Reached) {
  const vaultDir = await mkdtemp(join(tmpdir(), 'rondo-test-'));
  const reached = reach(vaultDir);
  const events: unknown[] = [];
  reached.subscribe((told) => {
    const { event, value } = told as { readonly event: string; readonly value: unknown };
    // The inventory is announced in its own time: how often, and so each event's number, is the machine's business.
    if (event !== 'inventory.changed') events.push({ event, value });
  });
  try {
    const results = [];
    for (const [channel, input] of session) results.push(await reached.dispatch(channel, input()));
    const codes = results.map((result) => (result.ok ? 'ok' : result.error.code));
    return JSON.parse(JSON.stringify({ codes, results, events }).replaceAll(vaultDir, 'VAULT'));
  } finally {
    await reached.close();
    await rm(vaultDir, { recursive: true, force: true });
  }
}
