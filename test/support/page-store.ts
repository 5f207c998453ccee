import { openingSeals } from '../../main/core-process/page-seal.ts';
import { createApi, type PageEvent } from '../../renderer/bridge/api.ts';
import { listen } from '../../renderer/state/events.ts';
import { createRondoStore } from '../../renderer/state/store.ts';
import type { Inventory } from '../../shared/contract/inventory.ts';
import { type Result, success } from '../../shared/contract/result.ts';
import { someMorning } from './fake-clock.ts';
import { someToken } from './some-token.ts';

/** The page's store with the other side of its bridge, answering by channel. */
export function bridge(answers: Record<string, (input: unknown) => Result<unknown> | Promise<Result<unknown>>>) {
  const listeners = new Set<(event: unknown) => void>();
  const asked: { channel: string; input: unknown }[] = [];
  const core = openingSeals(async (channel, input) => {
    const name = String(channel);
    asked.push({ channel: name, input });
    const answer = answers[name];
    if (answer === undefined) throw new Error(`nobody answers ${name}`);
    return answer(input);
  });
  const api = createApi({
    call: core,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const store = createRondoStore(api, () => someMorning);
  listen({ api, now: () => someMorning, get: store.getState, set: store.setState });
  return { store, asked, announce: (event: PageEvent) => listeners.forEach((listener) => void listener(event)) };
}

export const inventoryOf = (...labels: string[]): Inventory => ({
  accounts: [],
  projects: [],
  tokens: labels.map((label) => someToken({ label })),
  rotations: [],
});

export const openVault = {
  'window.count': () => success({}),
  'vault.unlock': () => success({ vault: { path: '/v', exists: true, locked: false }, damaged: [] }),
};

export const read = (revision: number, inventory: Inventory) => ({
  'inventory.read': () => success({ revision, inventory }),
});
