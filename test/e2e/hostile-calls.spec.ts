import { expect } from '@playwright/test';
import { test } from './rondo-test.ts';

test('a call that is not in the contract, or not in its shape, does nothing and says so', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const ask = (channel: string, input: string) =>
    page.evaluate<unknown>(`rondo.call(${channel}, ${input}).then(({ ok, error }) => ok ? 'done' : error.code)`);
  const inventory = `rondo.call('inventory.read', {}).then(({ value }) => value.inventory)`;
  const before = await page.evaluate(inventory);

  for (const channel of [
    '"no.such"',
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '""',
    '7',
    'null',
    '["vault.lock"]',
    '{}',
  ])
    expect(await ask(channel, '{}'), channel).toBe('invalid-input');
  for (const [channel, input] of [
    ['token.delete', '{ ids: "all", confirm: "DELETE" }'],
    ['token.delete', '{ ids: [] , confirm: "DELETE", __proto__: { force: true } }'],
    ['inventory.read', 'null'],
    ['inventory.read', '[]'],
    ['inventory.read', '{ surplus: 1 }'],
    ['inventory.read', 'JSON.parse(\'{"__proto__": {"kind": "personal"}}\')'],
    ['token.take', '{ id: "../../etc/passwd" }'],
    ['vault.unlock', '{ password: "a string and not bytes" }'],
    ['vault.unlock', '{ password: new Uint8Array(70_000) }'],
    // In the contract, but not for a page, in whatever shape.
    ['vault.make-keychain-key', '{ password: new TextEncoder().encode("correct horse battery staple") }'],
    ['transfer.export', '{ path: "/tmp/never", exportPassword: new Uint8Array(9) }'],
    ['transfer.export-plain', '{ path: "/tmp/never", confirm: "PLAIN" }'],
    ['transfer.import', '{ path: "/tmp/never", exportPassword: new Uint8Array(9), dryRun: true }'],
    ['settings.change', '{ idleMs: 1 }'],
    ['settings.change', '{ theme: { toString: "dark" } }'],
    ['page.open', '{ page: "https://example.com", account: "x" }'],
    ['page.open', `{ page: "project-tokens", account: "${'a'.repeat(32)}" }`],
    ['page.open', `{ page: "project-tokens", account: "${'a'.repeat(32)}", project: "gh/../x" }`],
  ] as const)
    expect(await ask(JSON.stringify(channel), input), `${channel} ${input}`).toBe('invalid-input');

  expect(await page.evaluate(inventory)).toEqual(before);
  // The core's own, that no screen asks for.
  expect(await ask('"token.list"', '{}')).toBe('invalid-input');
  expect(complaints).toEqual([]);
});

test('a huge or uncloneable input ends nothing', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  expect(
    await page.evaluate(
      `rondo.call('token.show', { id: 'x'.repeat(50_000_000) }).then(({ ok, error }) => ok || error.code)`,
    ),
  ).toBe('invalid-input');
  expect(
    await page.evaluate(
      `(async () => rondo.call('token.show', { id: () => 1 }))().then(() => 'done', () => 'refused')`,
    ),
  ).toBe('refused');
  expect(
    await page.evaluate(`(async () => { const loop = {}; loop.loop = loop; return rondo.call('inventory.read', loop); })()
        .then(({ ok, error }) => (ok ? 'done' : 'refused'), () => 'refused')`),
  ).toBe('refused');
  // A thousand at once are answered, each of them.
  expect(
    await page.evaluate(`Promise.all(Array.from({ length: 1_000 }, () => rondo.call('vault.status', {})))
      .then((answers) => answers.filter(({ ok }) => ok).length)`),
  ).toBe(1_000);
});
