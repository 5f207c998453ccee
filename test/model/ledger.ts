import type { StoredToken } from '../../main/sandbox/token-table.ts';
import type { World } from '../../main/sandbox/world.ts';
import type { Account } from '../../shared/contract/account.ts';
import type { JobHead } from '../../shared/contract/job.ts';
import type { Project } from '../../shared/contract/project.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';

/** What Rondo says of itself after a step. */
export interface Sight {
  /** Those that were not removed, by their login. */
  readonly accounts: readonly Account[];
  readonly projects: readonly Project[];
  readonly tokens: readonly Token[];
  readonly rotations: readonly Rotation[];
  readonly jobs: readonly JobHead[];
}

/**
 * What the test itself knows, besides CircleCI's own tables: who made and who deleted what, and what Rondo has told. Every
 * token that neither the seed nor a colleague made was made by Rondo.
 */
export class Ledger {
  readonly seeded: ReadonlySet<string>;
  /** Names of what accounts sign in with: without those nothing more would happen in the sequence. */
  readonly signIns = new Set(['rondo', 'jonas-laptop', 'spare']);
  /** Made by a colleague. */
  readonly theirs = new Set<string>();
  /** Of those, the ones that look exactly like what Rondo asks for, or had when it was cut off: it may take one for its own. */
  readonly alike = new Set<string>();
  /** The vault held their value at some time, or lent it to somebody. */
  readonly hadValue = new Set<string>();
  /** Creates that were cut off. `untilMs`: what is made until then may be theirs, by CircleCI's clock. */
  readonly cutOff: { readonly place: string; readonly label: string; readonly untilMs: number }[] = [];
  /** Deleted by a colleague. */
  readonly handDeleted = new Set<string>();
  /** Rondo was told to delete them, outside of a rotation. */
  readonly userDeleted = new Set<string>();
  /** Rondo has said that they may be there and that nobody knows their value. */
  readonly toldLost = new Set<string>();
  /** Values that a person has, by CircleCI's id. */
  readonly taken = new Map<string, string>();
  /** Tokens whose held value was compared with CircleCI's. */
  readonly compared = new Set<string>();
  /** By rotation: creates that were carried out and whose answer was handed over. */
  readonly delivered = new Map<string, number>();
  /** By rotation: how often it was ended in its midst, after which a create that was answered may have to be repeated. */
  readonly interrupted = new Map<string, number>();
  /** By rotation: the token that a person made on CircleCI's page for it. */
  readonly madeByHand = new Map<string, string>();
  /** By rotation: when it began, by CircleCI's clock. */
  readonly begunMs = new Map<string, number>();
  /** A person said that they had deleted them, and had not. */
  readonly lied = new Set<string>();
  /** Of those: Rondo believed it. */
  readonly believed = new Set<string>();
  /** A person deleted them on CircleCI's page, as a rotation had asked them to. */
  readonly deletedAsTold = new Set<string>();
  /** Was deleted when the vault was restored from a backup, which may not know of it. */
  readonly goneAtRestore = new Set<string>();
  /** Rotations that were open in the backup: only a person who names them wakes them. */
  readonly asleep = new Set<string>();
  /** By person: their account, also while it is removed; a backup may not know of it. */
  readonly accounts = new Map<string, string>();
  /** Every job that was begun. */
  readonly jobs = new Set<string>();
  readonly violations: string[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.seeded = new Set(world.tokens.all().map(({ id }) => id));
  }

  alive(): Map<string, StoredToken> {
    return new Map(this.#world.tokens.all().map((token) => [token.id, token]));
  }

  /** Everything that Rondo ever made, and whether it is still there. */
  madeByRondo(): readonly StoredToken[] {
    return [...this.#world.tokens.all(), ...this.#world.tokens.deleted()].filter(({ id }) => this.isRondos(id));
  }

  isRondos(id: string): boolean {
    return !this.seeded.has(id) && !this.theirs.has(id);
  }

  deleted(): ReturnType<World['tokens']['deleted']> {
    return this.#world.tokens.deleted();
  }

  ofValue(value: string): StoredToken | undefined {
    return [...this.#world.tokens.all(), ...this.deleted()].find((one) => one.value === value);
  }

  /** Whose the value is, of those there are or were. */
  userOf(value: string): string | undefined {
    const token = this.ofValue(value);
    return token?.holder.kind === 'personal' ? token.holder.user : undefined;
  }

  /** There now, or deleted. */
  everExisted(id: string): StoredToken | undefined {
    return this.alive().get(id) ?? this.deleted().find((token) => token.id === id);
  }

  /** The vault says what it said then: what came afterwards is known to nobody but CircleCI, as the backup's maker knows. */
  restored(sight: Sight): void {
    this.accounts.clear();
    for (const { id } of this.deleted()) this.goneAtRestore.add(id);
    for (const { id } of unknownTokens(this, sight)) this.toldLost.add(id);
    for (const rotation of sight.rotations) {
      // What was created after the backup may be created again.
      this.count(this.interrupted, rotation.id);
      if (isOpen(rotation)) this.asleep.add(rotation.id);
    }
  }

  /** Before this rotation began: another account's list is not read each time that something is deleted. */
  wasGoneBefore(rotation: string, id: string): boolean {
    const begunMs = this.begunMs.get(rotation) ?? 0;
    return this.deleted().some((token) => token.id === id && token.deletedMs < begunMs);
  }

  /** A person, not the rotation, has ended it. */
  endedByPeople(id: string): boolean {
    return this.handDeleted.has(id) || this.userDeleted.has(id);
  }

  count(counts: Map<string, number>, key: string): void {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

/** Personal tokens of all people together: which account a row belongs to says nothing of what it is. */
export function placeOfStored({ holder }: StoredToken): string {
  return holder.kind === 'personal' ? 'personal' : holder.project;
}

/** Where a token is listed and created; undefined: that is no address of it. */
export function placeOfList(path: string): string | undefined {
  if (!path.endsWith('/token')) return undefined;
  return /\/project\/(.+)\/token$/.exec(path)?.[1] ?? 'personal';
}

export function placeOfToken({ kind, project = '' }: Token): string {
  return kind === 'personal' ? 'personal' : project;
}

/** Made by Rondo, there now, in no row of the vault, and not among what it said may be lost. */
export function unknownTokens(ledger: Ledger, sight: Sight): readonly StoredToken[] {
  const known = new Set(sight.tokens.map(({ remoteId }) => remoteId));
  return [...ledger.alive().values()].filter(
    ({ id }) => ledger.isRondos(id) && !known.has(id) && !ledger.toldLost.has(id),
  );
}

export function isOpen({ state }: Rotation): boolean {
  return state !== 'done' && state !== 'failed' && state !== 'abandoned';
}

/** The journal says that a create of it may have been carried out. */
export function mayHaveCreated(rotation: Rotation): boolean {
  const create = rotation.steps.find(({ name }) => name === 'create');
  return (
    isOpen(rotation) &&
    rotation.replacement === undefined &&
    (create?.state === 'running' || create?.state === 'failed')
  );
}
