/**
 * How CircleCI spells the fields of a token. The list and create routes are undocumented and have changed since 2012, so
 * each fact has several names, the likeliest first, and the first that is there counts.
 *
 * The names for expiry, last use and access are guesses: CircleCI's own page shows these facts (since 2026), but nobody
 * has published the JSON behind it. If one is wrong, this file is the only one to change.
 */
export const createdNames = ['created_at', 'time', 'created-at', 'createdAt', 'created'] as const;
export const expiresNames = ['expires_at', 'expires-at', 'expiresAt', 'expiration', 'expiry'] as const;
export const lastUsedNames = ['last_used_at', 'last-used-at', 'lastUsedAt', 'last_used', 'last-used'] as const;
/** Of personal tokens. Of project tokens `scope` is status, view-builds or all, and always called so. */
export const accessNames = ['scope', 'access', 'access_level', 'access-level', 'accessLevel'] as const;

/** What a create sends, only when it was asked for: a host that does not know a field may refuse the whole request. */
export function personalTokenBody(request: {
  readonly label: string;
  readonly expiresAt?: string;
  readonly access?: string;
}): Readonly<Record<string, string>> {
  return {
    label: request.label,
    ...(request.expiresAt === undefined ? {} : { expires_at: request.expiresAt }),
    ...(request.access === undefined ? {} : { scope: request.access }),
  };
}
