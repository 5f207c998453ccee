import type { Inventory } from '../../shared/contract/inventory.ts';
import type { Failure } from '../../shared/contract/result.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { SyncReport } from '../../shared/contract/sync.ts';
import type { Id } from '../../shared/ids.ts';
import { noteOf } from './notes.ts';
import { isPast } from './standing.ts';
import type { RondoState } from './store.ts';
import { tellCounts } from './tell-counts.ts';
import type { Tools } from './tools.ts';

export type InventoryView =
  | { readonly is: 'unread' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'read'; readonly revision: number; readonly value: Inventory };

export type SyncView =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly done: number; readonly total: number; readonly reading: string };

export interface InventorySlice {
  readonly inventory: InventoryView;
  /** The inventory's rotations, and whatever was announced of them since. */
  readonly rotations: ReadonlyMap<Id, Rotation>;
  readonly sync: SyncView;
  /** Reads what the vault holds, and asks CircleCI where that is older than a quarter of an hour. */
  inventoryOpened(): Promise<void>;
  inventoryAsked(): Promise<void>;
  syncPressed(): Promise<SyncReport | undefined>;
  /** For what was just added: a sync that runs already was begun without it, so another follows it. */
  syncNeeded(): Promise<void>;
}

const staleMs = 15 * 60_000;

export function createInventorySlice(tools: Tools): InventorySlice {
  const { api, now, get, set } = tools;
  let running: Promise<SyncReport | undefined> | undefined;
  let next: Promise<void> | undefined;

  async function run(): Promise<SyncReport | undefined> {
    set({ sync: { is: 'running', done: 0, total: 0, reading: '' } });
    const answer = await api.call('sync.run', {});
    set({ sync: { is: 'idle' } });
    if (answer.ok) return answer.value.sync;
    // An account that cannot be reached says so itself, with the time: no second note about it.
    if (answer.error.code !== 'network' && answer.error.code !== 'locked') get().noteShown(noteOf(answer.error));
    return undefined;
  }

  async function runAfter(before: typeof running): Promise<void> {
    await before;
    next = undefined;
    if (get().vault.is === 'open') await get().syncPressed();
  }

  return {
    inventory: { is: 'unread' },
    rotations: new Map(),
    sync: { is: 'idle' },

    async inventoryOpened() {
      await get().inventoryAsked();
      const { inventory } = get();
      if (inventory.is !== 'read') return;
      const isStale = inventory.value.accounts.some(
        ({ lastSyncAt }) => lastSyncAt === undefined || now() - Date.parse(lastSyncAt) > staleMs,
      );
      if (isStale) await get().syncPressed();
    },

    async inventoryAsked() {
      const answer = await api.call('inventory.read', {});
      if (answer.ok) return takeOver(tools, answer.value.inventory, answer.value.revision);
      if (answer.error.code === 'locked') return;
      // What was read before is still worth its place.
      if (get().inventory.is === 'read' || get().vault.is !== 'open') get().noteShown(noteOf(answer.error));
      else set({ inventory: { is: 'failed', failure: answer.error } });
    },

    async syncPressed() {
      if (get().sync.is === 'running') return undefined;
      running = run();
      return running;
    },

    async syncNeeded() {
      if (get().sync.is !== 'running') return void (await get().syncPressed());
      next ??= runAfter(running);
      return next;
    },
  };
}

/** Applies a whole inventory unless a newer one is already here. */
export function takeOver(tools: Tools, value: Inventory, revision: number): void {
  const { inventory } = tools.get();
  if (inventory.is === 'read' && inventory.revision > revision) return;
  const rotations = new Map(value.rotations.map((rotation) => [rotation.id, rotation]));
  tools.set({ inventory: { is: 'read', revision, value }, rotations, ...withoutGone(tools.get(), value) });
  tellCounts(tools);
}

/**
 * What the page holds on to by an id goes with it: a filter that nobody sees, a choice that counts nothing. The cursor goes
 * over to what a token was replaced by, and not to whatever is first in the list: the next key is meant for that.
 */
function withoutGone(state: RondoState, value: Inventory): Partial<RondoState> {
  const { inventory, filter, chosen, overlay, cursor } = state;
  const after = new Map(value.tokens.map((token) => [token.id, token]));
  const wasPast = new Set(inventory.is === 'read' ? inventory.value.tokens.filter(isPast).map(({ id }) => id) : []);
  const stays = (id: Id) => {
    const token = after.get(id);
    return token !== undefined && (!isPast(token) || wasPast.has(id));
  };
  const isKnown = filter.account === 'any' || value.accounts.some(({ id }) => id === filter.account);
  const left = [...chosen].filter(stays);
  const later = cursor === undefined || stays(cursor) ? undefined : after.get(cursor)?.rotatedTo;
  return {
    ...(isKnown ? {} : { filter: { ...filter, account: 'any' } }),
    ...(left.length === chosen.size ? {} : { chosen: new Set(left) }),
    ...(later !== undefined && after.has(later) ? { cursor: later } : {}),
    ...(overlay.open === 'take' && !after.has(overlay.token) ? { overlay: { open: 'none' } } : {}),
  };
}

export function takeOverRotation(tools: Tools, rotation: Rotation): void {
  tools.set({ rotations: new Map(tools.get().rotations).set(rotation.id, rotation) });
  tellCounts(tools);
}
