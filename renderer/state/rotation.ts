import type { Failure } from '../../shared/contract/result.ts';
import type { Rotation, RotationMode } from '../../shared/contract/rotation.ts';
import type { Id } from '../../shared/ids.ts';
import { isOpenRotation } from '../../shared/open-rotations.ts';
import { byHandText } from '../text/by-hand.ts';
import { rotationText } from '../text/rotation.ts';
import { sentences } from '../text/sentence.ts';
import { fromDialog, tell } from './dialog-acts.ts';
import { noteOf } from './notes.ts';
import { labelOf } from './tokens.ts';
import type { Tools } from './tools.ts';
import { mayGoOn } from './waits.ts';

export interface RotationWish {
  readonly mode: RotationMode;
  /** A number: so many milliseconds after the new one was proved. */
  readonly retire: 'now' | 'taken' | number;
  readonly keep: boolean;
  readonly guided: boolean;
  /** Of the new token, where it is not to be the old one's. */
  readonly label?: string;
}

/** What a person has done on CircleCI's page. */
export type Said = { readonly value: Uint8Array } | { readonly confirm: 'deleted' | 'authorized' };

export interface RotationSlice {
  /** The token whose rotation was asked for and is not in the vault yet, and its newest one before. */
  readonly beginningOf: { readonly token: Id; readonly before: Id | undefined } | undefined;
  /** Opens the plan; of a token whose rotation is open, that rotation. */
  rotatePressed(tokens: readonly Id[], wish?: { readonly byHand: true }): void;
  /** A failure is for the plan to say, while it is open. Several are one job, which is begun once however often it is pressed. */
  rotationConfirmed(tokens: readonly Id[], wish: RotationWish): Promise<Failure | undefined>;
  /** Those that somebody goes on with, and that is not answered yet: more than one run after the other. */
  readonly resuming: ReadonlySet<Id>;
  /** Asks once, however often it is pressed. `byItself`: they go on later as well, so that the vault is in use is no news. */
  resumePressed(rotations: readonly Id[], byItself?: boolean): Promise<void>;
  /** Naming one says that a person has looked, so those that wait for that are left out. */
  resumeAllPressed(): Promise<void>;
  /**
   * Looked at by the core; a failure says why it does not hold, and nothing has changed. Whoever has left is told in a note.
   * The value is overwritten here.
   */
  byHandSaid(rotation: Id, said: Said, isStillThere: () => boolean): Promise<Failure | undefined>;
  /** What giving it up would leave behind. */
  givingUpAsked(rotation: Id): Promise<Failure | undefined>;
  /** A failure is for the question to say, while that is asked; else both ends are told in a note. */
  givenUp(rotation: Id, isStillAsked: () => boolean): Promise<Failure | undefined>;
}

export function createRotationSlice(tools: Tools): RotationSlice {
  const { api, get, set } = tools;
  let isStarting = false;

  const labelOfRotation = (rotation: Id) => labelOf(get().inventory, get().rotations.get(rotation)?.token ?? rotation);

  async function jobBegun(tokens: readonly Id[], { mode, keep, retire }: RotationWish): Promise<Failure | undefined> {
    if (isStarting) return undefined;
    isStarting = true;
    try {
      // A job knows no times, and its plan offers none: the way that loses nothing.
      const end = typeof retire === 'number' ? 'taken' : retire;
      return await get().jobConfirmed({ ids: tokens, mode, keep, retire: end });
    } finally {
      isStarting = false;
    }
  }

  return {
    beginningOf: undefined,
    resuming: new Set(),

    rotatePressed(tokens, wish) {
      const [only] = tokens;
      if (only === undefined) return;
      const open = tokens.length === 1 ? openRotationOf(get().rotations, only) : undefined;
      if (open === undefined) return set({ overlay: { open: 'plan', ids: tokens, ...wish } });
      get().went({ at: 'rotation', token: open.token, rotation: open.id });
    },

    async rotationConfirmed(tokens, wish) {
      const [only] = tokens;
      if (only === undefined) return undefined;
      if (tokens.length > 1) return jobBegun(tokens, wish);
      const { place, trail } = get();
      const known = new Set(get().rotations.keys());
      const before = rotationAt(get().rotations, { token: only })?.id;
      get().went({ at: 'rotation', token: only });
      const there = get().place;
      set({ chosen: new Set([...get().chosen].filter((id) => id !== only)), beginningOf: { token: only, before } });
      const answer = await api.call('rotation.start', { ids: [...tokens], ...wish, dryRun: false });
      await get().inventoryAsked();
      set({ beginningOf: undefined });
      if (answer.ok) return undefined;
      get().noteShown(noteOf(answer.error));
      const hasBegun = [...get().rotations.keys()].some((id) => !known.has(id));
      // Whoever went on meanwhile stays where they are.
      if (!hasBegun && get().place === there) set({ place, trail });
      return undefined;
    },

    async givingUpAsked(rotation) {
      const answer = await api.call('rotation.abandon', { id: rotation });
      return answer.ok ? undefined : answer.error;
    },

    async givenUp(rotation, isStillAsked) {
      const dialog = fromDialog(tools, isStillAsked);
      const answer = await api.call('rotation.abandon', { id: rotation, confirm: rotationText.giveUpWord });
      if (!answer.ok) return dialog.failed(answer.error);
      await get().inventoryAsked();
      // One that ended by itself meanwhile is answered as it ended.
      const [ended] = answer.value.rotations;
      if (!dialog.isStillOpen()) {
        const title = rotationText.title(labelOfRotation(rotation), ended?.state ?? 'abandoned');
        dialog.done({ tone: 'plain', title: `${title}.` });
      }
      return undefined;
    },

    async byHandSaid(rotation, said, isStillThere) {
      try {
        const answer = await api.call('rotation.resume', { ids: [rotation], ...said });
        await get().inventoryAsked();
        if (answer.ok) return undefined;
        if (isStillThere()) return answer.error;
        const { message, hint } = answer.error;
        const waits = byHandText.waitsAsBefore(labelOfRotation(rotation), 'value' in said);
        tell(tools, { tone: 'danger', title: message, text: sentences(hint, waits) });
        return undefined;
      } finally {
        if ('value' in said) said.value.fill(0);
      }
    },

    async resumeAllPressed() {
      const stopped = [...get().rotations.values()].filter(mayGoOn);
      // None would mean all.
      if (stopped.length > 0) await get().resumePressed(stopped.map(({ id }) => id));
    },

    async resumePressed(rotations, byItself = false) {
      const ids = rotations.filter((id) => !get().resuming.has(id));
      if (ids.length === 0) return;
      set({ resuming: new Set([...get().resuming, ...ids]) });
      const answer = await api.call('rotation.resume', { ids });
      await get().inventoryAsked();
      set({ resuming: new Set([...get().resuming].filter((id) => !ids.includes(id))) });
      if (!answer.ok && !(byItself && answer.error.code === 'vault-busy')) get().noteShown(noteOf(answer.error));
    },
  };
}

export function openRotationOf(rotations: ReadonlyMap<Id, Rotation>, token: Id): Rotation | undefined {
  return [...rotations.values()].find(
    (rotation) => isOpenRotation(rotation) && (rotation.token === token || rotation.replacement === token),
  );
}

/** Of those that replaced this token or made it. */
export function newestRotationOf(rotations: readonly Rotation[], id: Id): Rotation | undefined {
  return newest(rotations.filter(({ token, replacement }) => token === id || replacement === id));
}

function newest(rotations: readonly Rotation[]): Rotation | undefined {
  return rotations.toSorted((left, right) => (left.startedAt < right.startedAt ? 1 : -1))[0];
}

/** The rotation that a place names: that very one, else the newest of its token. */
export function rotationAt(
  rotations: ReadonlyMap<Id, Rotation>,
  place: { readonly token: Id; readonly rotation?: Id },
): Rotation | undefined {
  if (place.rotation !== undefined) return rotations.get(place.rotation);
  return newest([...rotations.values()].filter(({ token }) => token === place.token));
}
