import * as z from 'zod';
import { AppError } from '../app-error.ts';
import type { Asker, CircleCiHost } from './circleci.ts';
import { type Ask, actOf, type Exchange } from './exchange.ts';
import { isAbsent, isSuccess, refusal } from './failures.ts';
import { jsonOf } from './json.ts';

/** Where a host takes sign-ins. Every address lies on the host itself, or on the one that CircleCI's cloud has for it. */
export interface OAuthEndpoints {
  readonly authorize: URL;
  readonly token: URL;
  readonly register: URL;
}

const discoveryPath = '/.well-known/oauth-authorization-server';

/** The parts of RFC 8414 that this flow stands on; the rest may be anything. */
const document = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  registration_endpoint: z.string(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
});

const cloudOrigin = 'https://circleci.com';
const cloudSignInOrigin = 'https://app.circleci.com';

/**
 * Asks the host where it takes sign-ins (RFC 8414). CircleCI's cloud documents its addresses on its own page and not that
 * it has such a document, so there those addresses hold where the document is missing.
 * @throws AppError unsupported (the host takes none), refused (it sends us to another host), and what a read throws
 */
export async function discover(exchange: Exchange, asker: Asker): Promise<OAuthEndpoints> {
  const isCloud = asker.host.origin === cloudOrigin;
  const ask: Ask = {
    name: 'oauth.discover',
    doing: 'say where one signs in',
    asker,
    method: 'GET',
    path: discoveryPath,
    // Its web pages may send us anywhere for what they do not have; that is no document either.
    ...(isCloud ? { redirectsAnswer: true } : {}),
  };
  const answer = await exchange.repeat(ask);
  const found = isSuccess(answer.status) ? document.safeParse(jsonOf(answer.body)) : undefined;
  if (found?.success) return endpointsOf(found.data, asker.host);
  if (isCloud) return documentedForCloud();
  if (isSuccess(answer.status) || isAbsent(answer.status)) throw takesNone(asker.host);
  throw refusal(answer, actOf(ask));
}

/** @throws AppError as `discover` does */
export function endpointsOf(found: z.output<typeof document>, host: CircleCiHost): OAuthEndpoints {
  const own = host.origin === cloudOrigin ? [cloudOrigin, cloudSignInOrigin] : [host.origin];
  // SECURITY: the code, its verifier and the browser go only where the host's own certificate vouches.
  const onHost = (text: string): URL => {
    const url = URL.parse(text);
    const isPlain = url !== null && url.username === '' && url.password === '' && url.hash === '';
    if (isPlain && own.includes(url.origin)) return url;
    throw new AppError(
      'refused',
      `${new URL(host.origin).host} says that one signs in on another host. Nothing was sent there.`,
      { hint: 'Check the address of the host, or paste a personal token instead.' },
    );
  };
  onHost(found.issuer);
  if (found.code_challenge_methods_supported?.includes('S256') === false) throw takesNone(host);
  return {
    authorize: onHost(found.authorization_endpoint),
    token: onHost(found.token_endpoint),
    register: onHost(found.registration_endpoint),
  };
}

/** As CircleCI's page "OAuth 2.0 API access with Dynamic Client Registration" has them. */
function documentedForCloud(): OAuthEndpoints {
  const at = (path: string) => new URL(path, cloudSignInOrigin);
  return { authorize: at('/oauth/authorize'), token: at('/oauth/token'), register: at('/oauth/register') };
}

function takesNone(host: CircleCiHost): AppError {
  return new AppError('unsupported', `${new URL(host.origin).host} does not say where one signs in with the browser.`, {
    effect: 'nothing-changed',
    hint: 'Paste a personal token instead: it works on every host.',
  });
}
