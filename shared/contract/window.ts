import * as z from 'zod';
import { maxCopiedText } from '../copied-text.ts';
import { id } from '../ids.ts';
import { slug } from '../slugs.ts';
import { call, instant, nothing, secretBytes } from './kit.ts';
import { sealedInput } from './sealed-input.ts';

/**
 * What the window asks of the program around it, besides the core's contract: what only the desktop has. Answered by the
 * Electron main process itself, so all of it works while the vault is locked.
 */

/** What Rondo has put on the clipboard. `marked`: it has the mark that clipboard histories respect. */
export const clipboard = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('empty') }),
  z.strictObject({ state: z.literal('holding'), token: id, clearsAt: instant, marked: z.boolean() }),
  z.strictObject({ state: z.literal('cleared'), token: id }),
  /** Somebody copied something else: Rondo leaves that alone. */
  z.strictObject({ state: z.literal('replaced'), token: id }),
]);
export type Clipboard = z.output<typeof clipboard>;

/**
 * Whether the system's keychain opens this vault. `unprotected`: what it would be kept in protects nothing.
 * `changed`: it was turned on with another keychain of the system. `isRemembered`: it was turned on when there was one.
 */
export const keychain = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('unavailable'),
    why: z.enum(['none', 'unprotected', 'changed']),
    isRemembered: z.boolean(),
  }),
  z.strictObject({ state: z.literal('off') }),
  z.strictObject({ state: z.literal('on') }),
]);
export type Keychain = z.output<typeof keychain>;

export const theme = z.enum(['system', 'light', 'dark']);

/** Kept in a plain file, because the locked window needs them: nothing in here is anybody's secret. */
export const settings = z.strictObject({
  theme,
  /** Locks after this long without a key or a pointer. One minute to a day. */
  idleMs: z.int().min(60_000).max(86_400_000),
});
export type Settings = z.output<typeof settings>;

export const settingsChange = z.strictObject({
  theme: settings.shape.theme.exactOptional(),
  idleMs: settings.shape.idleMs.exactOptional(),
});
export type SettingsChange = z.output<typeof settingsChange>;

/** Why the vault is locked: one of the words on the unlock screen. */
export const lockReason = z.enum([
  'start',
  'person',
  'idle',
  'screen-lock',
  'suspend',
  'clock-jump',
  'new-keys',
  'replaced',
  'perhaps-replaced',
  'core-ended',
  'page-ended',
]);
export type LockReason = z.output<typeof lockReason>;

/** Numbers without names: all that the locked window shows of what the vault holds. */
export const lockedCounts = z.strictObject({
  /** Leaked, expired, over policy or due today. */
  need: z.int().min(0),
  due: z.int().min(0),
  /** Rotations that wait for a person: a lock cuts off what is under way, which then waits as well. */
  waiting: z.int().min(0),
  /** How many of them were under way, or were to be begun by a job. */
  underWay: z.int().min(0),
});
export type LockedCounts = z.output<typeof lockedCounts>;

export const door = z.strictObject({
  /** `starting`: a fresh locked core is on its way. */
  core: z.enum(['starting', 'ready']),
  lockedAt: instant.exactOptional(),
  lockedBecause: lockReason,
  /** As they were when it was locked; absent after a start, as they are written nowhere. */
  counts: lockedCounts.exactOptional(),
  /** Wrong passwords since the last right one. They outlive the page that they were typed into. */
  wrongTries: z.int().min(0),
  /** No password is tried before this. */
  retryAt: instant.exactOptional(),
  /** The folder of another vault, for which Rondo was started again: this window came to the front in its place. */
  otherVault: z.string().exactOptional(),
  version: z.string(),
  /** What runs this window, such as `Electron 45.4.1` or `Electron API over Chromium 156`. */
  runtime: z.string(),
});
export type Door = z.output<typeof door>;

/**
 * Where the person stood: ids and no names, so the program may keep it over a lock. It is written nowhere.
 */
export const stood = z.strictObject({
  at: z.enum(['home', 'inventory', 'rotations', 'rotation', 'job', 'incident', 'activity', 'settings']),
  /** Of a rotation: the token that it replaces, and which of its rotations. */
  token: id.exactOptional(),
  rotation: id.exactOptional(),
  /** Of a job. */
  job: id.exactOptional(),
  /** The row under the cursor. */
  cursor: id.exactOptional(),
});
export type Stood = z.output<typeof stood>;

export const windowCalls = {
  /** All that the first screen needs; it does not wait for a core. Whether the vault is sound only the core can tell. */
  'window.read': call(
    nothing,
    z.strictObject({
      door,
      settings,
      clipboard,
      vault: z.strictObject({ path: z.string(), exists: z.boolean() }),
      stood: stood.exactOptional(),
    }),
  ),
  'window.lock': call(nothing, nothing),
  /** The person has read of the door's `otherVault`. */
  'window.other-vault-seen': call(nothing, nothing),
  /** The page tells what the locked one after it may show. */
  'window.count': call(lockedCounts, nothing),
  /** The page tells where the one after it begins. */
  'window.stand': call(stood, nothing),
  /**
   * Puts the held value on the clipboard: from the core straight there, never through the page. It stays held until
   * `token.taken`. Cleared after 30 s if it is still ours. `badge`: of a Status token, the badge in Markdown that carries it,
   * on its account's own host.
   */
  'token.copy': call(z.strictObject({ id, as: z.literal('badge').exactOptional() }), z.strictObject({ clipboard })),
  /** Text that is nobody's secret, such as a receipt: a page may not write to the clipboard itself. */
  'text.copy': call(z.strictObject({ text: z.string().max(maxCopiedText) }), nothing),
  'settings.change': call(settingsChange, z.strictObject({ settings })),
  'keychain.read': call(nothing, z.strictObject({ keychain })),
  /** The vault's password is sealed to the core, which makes the key: main keeps that in the keychain. */
  'keychain.remember': call(
    z.union([z.strictObject({ password: secretBytes }), sealedInput]),
    z.strictObject({ keychain }),
  ),
  /** Opens the vault by what the keychain keeps. */
  'keychain.unlock': call(nothing, nothing),
  /** What the keychain keeps for it goes; the vault's own slot goes by `vault.remove-way`. */
  'keychain.forget': call(nothing, z.strictObject({ keychain })),
  'clipboard.clear': call(nothing, z.strictObject({ clipboard })),
  /** Opens a page of CircleCI in the system's browser; main knows the addresses, the page only names them. */
  'page.open': call(
    z.discriminatedUnion('page', [
      z.strictObject({ page: z.literal('personal-tokens'), account: id }),
      z.strictObject({ page: z.literal('project-tokens'), account: id, project: slug }),
      /** Where the person allows a sign-in that was begun: the core says where that is, not the page. */
      z.strictObject({ page: z.literal('sign-in'), signIn: id }),
    ]),
    nothing,
  ),
} as const;

export const windowEvents = {
  'door.changed': door,
  'settings.changed': settings,
  'clipboard.changed': clipboard,
} as const;
