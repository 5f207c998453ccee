import type { Backup } from '../../shared/contract/backup.ts';
import type { Failure } from '../../shared/contract/result.ts';
import type { Id } from '../../shared/ids.ts';
import type { WantedHost } from './accounts.ts';
import type { Tools } from './tools.ts';

export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'inventory' }
  | { readonly at: 'rotations' }
  /** The newest rotation of this token, or one of its earlier ones. */
  | { readonly at: 'rotation'; readonly token: Id; readonly rotation?: Id }
  | { readonly at: 'job'; readonly job: Id }
  | { readonly at: 'incident' }
  | { readonly at: 'activity' }
  | { readonly at: 'settings' };

export type PlaceName = Place['at'];

export type Overlay =
  | { readonly open: 'none' }
  | { readonly open: 'palette' }
  | { readonly open: 'keys' }
  | { readonly open: 'create'; readonly kind: 'personal' | 'project'; readonly project?: string }
  | { readonly open: 'delete'; readonly ids: readonly Id[] }
  | { readonly open: 'plan'; readonly ids: readonly Id[]; readonly byHand?: true }
  | { readonly open: 'take'; readonly token: Id }
  /** `untrusted`: where signing in failed for want of the host's certificate authority. */
  | { readonly open: 'connect'; readonly untrusted?: WantedHost & { readonly failure: Failure } }
  /** What is asked and how far it is: `signIn` in sign-in.ts. */
  | { readonly open: 'sign-in' }
  | { readonly open: 'watch' }
  | { readonly open: 'password' }
  | { readonly open: 'recovery'; readonly act: 'make' | 'remove' }
  | { readonly open: 'keychain'; readonly act: 'on' | 'off' }
  | { readonly open: 'restore'; readonly backup: Backup }
  /** What it says: `damage` in damage.ts. */
  | { readonly open: 'damage' };

export interface PlaceSlice {
  readonly place: Place;
  /** Where Esc leads, newest last. */
  readonly trail: readonly Place[];
  readonly overlay: Overlay;
  /** The way in for someone without an account: skipped once, it is in the settings. */
  readonly beginning: 'offered' | 'skipped';
  went(place: Place): void;
  wentBack(): void;
  opened(overlay: Overlay): void;
  closed(): void;
  beginningSkipped(): void;
}

export function createPlaceSlice({ get, set }: Tools): PlaceSlice {
  return {
    place: { at: 'inventory' },
    trail: [],
    overlay: { open: 'none' },
    beginning: 'offered',
    went(place) {
      const { place: from, trail } = get();
      // Whoever goes somewhere is not held at the way in.
      set({
        place,
        beginning: 'skipped',
        overlay: { open: 'none' },
        trail: !isDeeper(place) ? [] : isNewestOfSame(from, place) ? trail : [...trail, from].slice(-20),
      });
    },
    wentBack() {
      const { trail } = get();
      const place = trail.at(-1);
      if (place !== undefined) set({ place, trail: trail.slice(0, -1) });
    },
    opened: (overlay) => set({ overlay }),
    closed: () => set({ overlay: { open: 'none' } }),
    beginningSkipped: () => set({ beginning: 'skipped' }),
  };
}

/** The newest rotation of a token is another one now: the place is the same, and Esc is not to lead back to it. */
function isNewestOfSame(from: Place, to: Place): boolean {
  if (from.at !== 'rotation' || to.at !== 'rotation') return false;
  return from.token === to.token && from.rotation === undefined && to.rotation === undefined;
}

/** Reached from somewhere that Esc leads back to. */
function isDeeper({ at }: Place): boolean {
  return at === 'rotation' || at === 'job' || at === 'incident';
}
