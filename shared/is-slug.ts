/**
 * A project's slug: three segments, opaque to us (`gh/org/repo`, `circleci/<org id>/<project id>`). Refused before
 * anything is sent: a space, percent signs and dot segments, which proxies rewrite into another path, and characters that
 * nobody sees, which make one slug look like another.
 */
export function isSlug(text: string): boolean {
  const segments = text.split('/');
  return (
    segments.length === 3 &&
    segments.every((segment) => /^[^\s%?#\\\p{Cc}\p{Cf}\p{Cs}]+$/u.test(segment) && !/^\.{1,2}$/.test(segment))
  );
}
