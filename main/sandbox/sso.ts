/**
 * Organizations with single sign-on: a personal token opens nothing of theirs until its owner has authorized it for the
 * organization, on the page of tokens or while signing in. A new token starts without, also one that replaces another.
 */
export class SsoTable {
  /** By the organization's slug: ids of authorized tokens. Organizations without single sign-on are not in it. */
  readonly #authorized: ReadonlyMap<string, Set<string>>;

  constructor(organizations: readonly string[], authorized: readonly string[]) {
    this.#authorized = new Map(organizations.map((slug) => [slug, new Set(authorized)]));
  }

  organizations(): string[] {
    return [...this.#authorized.keys()];
  }

  /** False where the organization has no single sign-on. */
  authorize(organization: string, tokenId: string): boolean {
    return this.#authorized.get(organization)?.add(tokenId) !== undefined;
  }

  /** The organizations whose things this token may not see yet. */
  closedTo(tokenId: string): ReadonlySet<string> {
    return new Set([...this.#authorized].filter(([, ids]) => !ids.has(tokenId)).map(([slug]) => slug));
  }
}
