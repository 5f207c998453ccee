/** What the tables of rotations under faults have in common: how the ways to go wrong fall together, by what was asked. */
export type RouteOutcomes = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Where {
  /** `failed in plan` */
  readonly state: string;
  readonly left: string;
}

export const done = 'done; 1 created; new';

export const refused = ({ state, left }: Where) => ({ '400, 409, 422': `${state}: refused; ${left}` });
export const limited = ({ state, left }: Where) => ({
  '429 in seconds, 429 by date': `${state}: rate-limited; ${left}`,
});
export const unreached = ({ state, left }: Where) => ({
  'closed before, closed after, no answer, refused': `${state}: network; ${left}`,
});
export const broken = ({ state, left }: Where) => ({ '500, 502 in HTML': `${state}: server-error; ${left}` });

/** A list that is none is no reason to believe that a token is gone, nor that it is there. */
export const brokenList = (where: Where) => ({
  ...refused(where),
  ...limited(where),
  '500, 502 in HTML, broken JSON after, null identity after': `${where.state}: server-error; ${where.left}`,
  ...unreached(where),
});
const anyList = (where: Where) => ({
  ...brokenList(where),
  // `me` still knows the token, so a 401 is about this list.
  '401, 403': `${where.state}: forbidden; ${where.left}`,
});
export const projectList = (where: Where) => ({ ...anyList(where), '404': `${where.state}: not-found; ${where.left}` });
/** The other version of the route answers, so a 404 under one of them does not matter. */
export const personalList = (where: Where) => ({ ...anyList(where), '404': done });

export const me = (where: Where, unauthorized: string) => ({
  '401': unauthorized,
  '403': `${where.state}: forbidden; ${where.left}`,
  ...refused(where),
  // Whoever answers so is no CircleCI.
  '404, broken JSON after, null identity after': `${where.state}: unsupported; ${where.left}`,
  ...limited(where),
  ...broken(where),
  ...unreached(where),
});

/** The question with which whoever goes on begins: a no to it is none to what the step would have asked. */
export const meFirst = (where: Where) => ({
  '401': `${where.state}: unauthorized; ${where.left}`,
  '403, 404, 500, 502 in HTML, broken JSON after, null identity after': `${where.state}: server-error; ${where.left}`,
  ...refused(where),
  ...limited(where),
  ...unreached(where),
});

/** Not every project has a badge at this address, so no status says anything of the token: the list decides. */
export const badge = (where: Where) => ({
  '400, 401, 403, 404, 409, 422, broken JSON after, null identity after': done,
  ...unanswered(where),
});

export const unanswered = (where: Where) => ({ ...limited(where), ...broken(where), ...unreached(where) });
