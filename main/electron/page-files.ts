// The page's own protocol: app://rondo/ serves the bundled renderer and nothing else.
//
// SECURITY: the content security policy allows only what the bundle holds: no inline script or style, no network at all
// (the page speaks through the preload), no frames. What breaks if it is relaxed: a label from CircleCI that slipped
// through as markup could reach out.
import { extname, join, normalize, sep } from 'node:path';
import { readStart } from '../platform/files.ts';

export const pageScheme = 'app';
export const pageUrl = 'app://rondo/index.html';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // Nothing may become markup or a script from a string: whoever tries is refused, as there is no policy to ask.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** No bundled file is near this size. */
const maxBytes = 16 * 1024 * 1024;

/** Answers a request of the page from `pageDir`; whatever is not a bundled file is 404. */
export function servePageFile(pageDir: string, url: string): Response {
  const headers = { 'content-security-policy': policy, 'x-content-type-options': 'nosniff' };
  const missing = () => new Response('', { status: 404, headers });
  const { host, pathname } = new URL(url);
  const path = pathIn(pageDir, pathname);
  if (host !== 'rondo' || path === undefined) return missing();
  const type = types[extname(path)];
  if (type === undefined || !path.startsWith(pageDir + sep)) return missing();
  const bytes = readStart(path, maxBytes);
  if (bytes === undefined) return missing();
  return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': type } });
}

/** Undefined where no file can have such a name. */
function pathIn(pageDir: string, pathname: string): string | undefined {
  try {
    const decoded = decodeURIComponent(pathname);
    return decoded.includes('\0') ? undefined : normalize(join(pageDir, decoded));
  } catch {
    return undefined;
  }
}
