import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../bridge/api.ts';
import { type AccountsSlice, createAccountsSlice } from './accounts.ts';
import { type ActivitySlice, createActivitySlice } from './activity.ts';
import { type BackupsSlice, createBackupsSlice } from './backups.ts';
import { type ClipboardSlice, createClipboardSlice } from './clipboard.ts';
import { createDamageSlice, type DamageSlice } from './damage.ts';
import { createDialogActsSlice, type DialogActsSlice } from './dialog-acts.ts';
import { createDoorSlice, type DoorSlice } from './door.ts';
import { createInventorySlice, type InventorySlice } from './inventory.ts';
import { createJobsSlice, type JobsSlice } from './jobs.ts';
import { createKeychainSlice, type KeychainSlice } from './keychain.ts';
import { createListSlice, type ListSlice } from './list.ts';
import { createNotesSlice, type NotesSlice } from './notes.ts';
import { createPlaceSlice, type PlaceSlice } from './place.ts';
import { createRotationSlice, type RotationSlice } from './rotation.ts';
import { createSignInSlice, type SignInSlice } from './sign-in.ts';
import { createTakeSlice, type TakeSlice } from './take.ts';
import { createTokensSlice, type TokensSlice } from './tokens.ts';
import type { Tools } from './tools.ts';
import { createWaysSlice, type WaysSlice } from './ways.ts';

/**
 * Guarantees: no password, pasted token or revealed value is ever in here. They pass through an action as bytes, from
 * the field to the call or from the answer to the component that shows it; a test reads this type and fails if bytes
 * could be kept. What is locked away is also forgotten here: `vaultLocked` in door.ts.
 */
export type RondoState = DoorSlice &
  InventorySlice &
  PlaceSlice &
  ListSlice &
  AccountsSlice &
  SignInSlice &
  TokensSlice &
  TakeSlice &
  ClipboardSlice &
  RotationSlice &
  JobsSlice &
  ActivitySlice &
  WaysSlice &
  KeychainSlice &
  DamageSlice &
  BackupsSlice &
  NotesSlice &
  DialogActsSlice;

export type RondoStore = StoreApi<RondoState>;

export function createRondoStore(api: Api, now: () => number): RondoStore {
  return createStore<RondoState>((set, get) => {
    const tools: Tools = { api, now, get, set };
    return {
      ...createDoorSlice(tools),
      ...createInventorySlice(tools),
      ...createPlaceSlice(tools),
      ...createListSlice(tools),
      ...createAccountsSlice(tools),
      ...createSignInSlice(tools),
      ...createTokensSlice(tools),
      ...createTakeSlice(tools),
      ...createClipboardSlice(tools),
      ...createRotationSlice(tools),
      ...createJobsSlice(tools),
      ...createActivitySlice(tools),
      ...createWaysSlice(tools),
      ...createKeychainSlice(tools),
      ...createBackupsSlice(tools),
      ...createDamageSlice(tools),
      ...createNotesSlice(tools),
      ...createDialogActsSlice(tools),
    };
  });
}
