/*
 * Chromium takes no schemes of an app, so that `app://rondo/page` is `https://rondo.app.invalid/page` inside: a secure
 * context with an origin of its own, under a top-level name that is reserved never to exist. Only this file knows; the
 * main process sees `app:` everywhere. A page that asks its own `location` sees the inner form.
 */

const suffix = 'invalid';

/** A DNS label, since it becomes one. */
const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** @throws Error for an address of an own scheme whose host cannot be a host name */
export function toInternal(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  if (!schemes.has(scheme.toLowerCase())) return url;
  if (!label.test(host.toLowerCase())) throw new Error(`${url}: the host must be a single name`);
  return new URL(rest, `https://${host}.${scheme}.${suffix}/`).href;
}

export function toExternal(url: string, schemes: ReadonlySet<string>): string {
  const match = /^https:\/\/([^./]+)\.([^./]+)\.invalid(\/.*)?$/s.exec(url);
  const [, host = '', scheme = '', rest = '/'] = match ?? [];
  return schemes.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** As Electron gives it for a standard scheme; `null` is what browsers call the origin of a page without one. */
export function originOf(externalUrl: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)/i.exec(externalUrl);
  return match?.[1] ?? 'null';
}
