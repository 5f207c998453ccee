import type { Inventory } from '../../shared/contract/inventory.ts';
import type { Token } from '../../shared/contract/token.ts';
import { isPast } from '../state/standing.ts';
import { dayWithYear } from './dates.ts';
import { projectNames } from './project-names.ts';
import { named } from './tokens.ts';

/** What a question says of the tokens that it is about, so that nobody takes one for another. */
export interface TokenNames {
  /** `web, acme, made 31 Oct 2025`: its place, its account, its age. */
  about(token: Token): string;
  /** By label and last characters; where others have the same label, with as much of `about` as tells it from them. */
  apart(token: Token): string;
}

export function tokenNames({ accounts, projects, tokens }: Inventory): TokenNames {
  const projectName = projectNames(projects);
  const place = ({ project }: Token) => projectName(project);
  const where = (token: Token) => `${place(token)}, ${accounts.find(({ id }) => id === token.account)?.name ?? ''}`;
  const byLabel = Map.groupBy(
    tokens.filter((token) => !isPast(token)),
    ({ label }) => label,
  );
  const about = (token: Token) => `${where(token)}, made ${dayWithYear(token.createdAt ?? token.firstSeenAt)}`;
  return {
    about,
    apart(token) {
      const twins = (byLabel.get(token.label) ?? []).filter(({ id }) => id !== token.id);
      if (twins.length === 0) return named(token);
      const isTold = (more: (token: Token) => string) =>
        twins.every((twin) => named(twin) !== named(token) || more(twin) !== more(token));
      const more = [place, where].find(isTold) ?? about;
      return `${named(token)} (${more(token)})`;
    },
  };
}
