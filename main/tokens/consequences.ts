import { someNames } from '../../shared/some-names.ts';
import { tokensAt } from './place-merge.ts';
import type { TokensWorld } from './ports.ts';
import { signsInWith } from './signs-in.ts';
import { isPresent, placeOf, type TokenRecord } from './token-store.ts';

/** What will stop working once these are deleted, a line each. Of several it says which they are. */
export function consequences(world: TokensWorld, tokens: readonly TokenRecord[]): string[] {
  const isMany = tokens.length > 1;
  const lines: string[] = [];
  const unsure = new Set<TokenRecord>();
  for (const { id, name } of world.accounts.present()) {
    const own = tokens.filter((token) => {
      const verdict = signsInWith(world, id, token);
      if (verdict === undefined) unsure.add(token);
      return verdict;
    });
    if (own.length === 0) continue;
    lines.push(`Rondo signs in to ${name} with ${isMany ? namesOf(own) : 'it'}: sync and rotation stop there.`);
  }
  if (unsure.size > 0) {
    const names = isMany ? namesOf([...unsure]) : 'It';
    const who = unsure.size > 1 ? `One of these (${names})` : names;
    lines.push(`${who} may be the one that Rondo itself signs in with: CircleCI does not tell.`);
  }
  for (const [project, last] of lastOf(world, tokens)) {
    const [one, ...others] = last;
    if (one === undefined) continue;
    lines.push(
      others.length > 0
        ? `${project} is left without a working token: ${namesOf(last)} are its last.`
        : `${isMany ? nameOf(one) : 'It'} is the last working token of ${project}.`,
    );
  }
  return lines;
}

/** By project, those without which it has no working token. */
function lastOf(world: TokensWorld, tokens: readonly TokenRecord[]): ReadonlyMap<string, readonly TokenRecord[]> {
  const session = world.session();
  const chosen = new Set(tokens.map(({ id }) => id));
  const last = tokens.filter(
    (token) =>
      token.project !== undefined &&
      !tokensAt(session, { account: token.account, place: placeOf(token) }).some(
        (other) => isPresent(other) && !chosen.has(other.id),
      ),
  );
  return Map.groupBy(last, ({ account, project = '' }) => world.accounts.calledProject(account, project));
}

function namesOf(tokens: readonly TokenRecord[]): string {
  return someNames(tokens.map(nameOf));
}

function nameOf({ label, tail }: TokenRecord): string {
  return tail === undefined ? label : `${label} ${tail}`;
}
