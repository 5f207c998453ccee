export type PersonalAccess = 'read' | 'write' | 'admin';
export type ProjectScope = 'status' | 'view-builds' | 'all';

/** Whose a token is. `user` is a user's id, `project` a slug. */
export type Holder =
  | { readonly kind: 'personal'; readonly user: string; readonly scope: PersonalAccess }
  | { readonly kind: 'project'; readonly project: string; readonly scope: ProjectScope };

export interface StoredToken {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly holder: Holder;
  readonly createdMs: number;
  readonly expiresMs?: number;
  lastUsedMs?: number;
}

export interface DeletedToken extends StoredToken {
  readonly deletedMs: number;
}

/** A user or a project: where a list of tokens belongs. */
export type Place =
  | { readonly kind: 'personal'; readonly user: string }
  | { readonly kind: 'project'; readonly project: string };

/** Every token, findable by value (who asks?) and by place (lists and deletes) without a walk over all of them. */
export class TokenTable {
  readonly #byValue = new Map<string, StoredToken>();
  readonly #byPlace = new Map<string, Map<string, StoredToken>>();
  readonly #deleted: DeletedToken[] = [];

  add(token: StoredToken): void {
    this.#byValue.set(token.value, token);
    const key = placeKey(token.holder);
    const neighbours = this.#byPlace.get(key) ?? new Map<string, StoredToken>();
    this.#byPlace.set(key, neighbours.set(token.id, token));
  }

  /** The token of this value that works at `nowMs`: deleted and expired ones do not. */
  working(value: string, nowMs: number): StoredToken | undefined {
    const token = this.#byValue.get(value);
    return token?.expiresMs !== undefined && token.expiresMs <= nowMs ? undefined : token;
  }

  list(place: Place): StoredToken[] {
    return [...(this.#byPlace.get(placeKey(place))?.values() ?? [])];
  }

  /** False where this place has no token of this id. */
  delete(place: Place, id: string, nowMs: number): boolean {
    const neighbours = this.#byPlace.get(placeKey(place));
    const token = neighbours?.get(id);
    if (neighbours === undefined || token === undefined) return false;
    neighbours.delete(id);
    this.#byValue.delete(token.value);
    this.#deleted.push({ ...token, deletedMs: nowMs });
    return true;
  }

  all(): StoredToken[] {
    return [...this.#byValue.values()];
  }

  deleted(): readonly DeletedToken[] {
    return this.#deleted;
  }
}

function placeKey(place: Place): string {
  return place.kind === 'personal' ? `personal ${place.user}` : `project ${place.project}`;
}
