import { AppError } from '../app-error.ts';
import type { CircleCiHost } from './circleci.ts';
import { tokenShape } from './token-shape.ts';

/** What people paste besides the host: the address of an API, as other tools want it. */
const apiPath = /^\/*(api(\/(v1|v1\.1|v2|v3|private))?\/*)?$/i;

const cloudNames = ['circleci.com', 'app.circleci.com', 'www.circleci.com'];

/**
 * What a person types as the address of a CircleCI. Guarantees that the origin is https, or on this machine, so that a
 * token is never sent in clear over a network. Messages never repeat the text: it may hold a password.
 * @throws AppError invalid-input
 */
export function parseHost(text: string): CircleCiHost & { readonly kind: 'cloud' | 'server' } {
  const address = text.trim();
  // It could be a host's name, and would be asked for in the clear.
  if (tokenShape(Buffer.from(address)).kind !== 'unknown') throw invalid('is a token');
  if (address === '' || /[\s\p{Cc}\\]/u.test(address)) throw invalid('is not a web address');
  if (address.includes('@')) throw invalid('holds a user name or password');
  if (/[?#]/.test(address)) throw invalid('holds more than a host (a query or a fragment)');
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  if (url === null || url.hostname === '') throw invalid('is not a web address');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid('is neither https nor http');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw invalid('is plain http, which would show the token to everyone on the way', 'Use https.');
  }
  if (!apiPath.test(url.pathname)) throw invalid('holds a path');
  const isCloud = url.protocol === 'https:' && url.port === '' && cloudNames.includes(url.hostname);
  return isCloud ? { origin: 'https://circleci.com', kind: 'cloud' } : { origin: url.origin, kind: 'server' };
}

/** `hostname` as `URL` gives it: 127.1 is already 127.0.0.1 there, and IPv6 has its brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function invalid(
  problem: string,
  hint = 'Give it like https://circleci.com or https://circleci.example.com.',
): AppError {
  return new AppError('invalid-input', `The address of the CircleCI host ${problem}. Nothing was sent.`, { hint });
}
