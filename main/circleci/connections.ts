import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import type { Dispatcher } from 'undici';
import type { Remedy } from '../../shared/contract/remedies.ts';
import { AppError } from '../app-error.ts';
import type { CircleCiHost } from './circleci.ts';
import { isLoopback } from './host.ts';
import type { Limits } from './limits.ts';

/** The environment's proxies, as `process.env` has them; the lower-case names win, as in curl. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

export interface Connections {
  /** The pool for this host and its certificate authority. @throws AppError invalid-input */
  to(host: CircleCiHost): Promise<Dispatcher>;
  close(): Promise<void>;
}

/**
 * Keeps open connections, a small pool for each origin and certificate authority: an authority given for one host is
 * never trusted for another. HTTP/1.1 only, because it is certain there that a request is written once.
 */
export function createConnections(environment: ProxyEnvironment, limits: Limits): Connections {
  const pools = new Map<string, Promise<Dispatcher>>();

  async function open(host: CircleCiHost): Promise<Dispatcher> {
    // Read when somebody first asks CircleCI: it is more than half of what there is to read at a start.
    const { Agent, EnvHttpProxyAgent } = await import('undici');
    const handshake = {
      timeout: limits.connectMs,
      allowH2: false,
      ...(host.caPem === undefined ? {} : { secureContext: trusting(host.caPem) }),
    };
    const pool = {
      connections: limits.connections,
      allowH2: false,
      connect: handshake,
      connectTimeout: limits.connectMs,
      // One limit for the whole answer is kept where it is asked for.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    // Plain http is allowed on this machine only because it does not leave it: so no proxy there.
    if (isLoopback(new URL(host.origin).hostname)) return new Agent(pool);
    return new EnvHttpProxyAgent({
      ...pool,
      httpProxy: proxyAddress(environment, 'http_proxy'),
      httpsProxy: proxyAddress(environment, 'https_proxy'),
      noProxy: environment.no_proxy ?? environment.NO_PROXY ?? '',
      requestTls: handshake,
      proxyTls: { timeout: limits.connectMs, allowH2: false },
    });
  }

  return {
    to(host) {
      const key = `${host.origin}\n${host.caPem ?? ''}`;
      const pool = pools.get(key) ?? open(host);
      pools.set(key, pool);
      // A host that cannot be asked as it was given may be given anew.
      pool.catch(() => pools.delete(key));
      return pool;
    },
    async close() {
      const open = [...pools.values()];
      pools.clear();
      const opened = await Promise.allSettled(open);
      await Promise.all(opened.map((pool) => (pool.status === 'fulfilled' ? pool.value.destroy() : undefined)));
    },
  };
}

/** What Node trusts by default, and this authority. Made once a pool: reading 150 certificates takes a while. */
function trusting(caPem: string): tls.SecureContext {
  // Node before 22.15 could not be asked what it trusts; then what it brings along.
  const askable: { readonly getCACertificates?: () => readonly string[] } = tls;
  const roots = askable.getCACertificates?.() ?? tls.rootCertificates;
  try {
    // Node itself passes over what is no certificate, and then says only that the host is not trusted.
    const certificates = caPem.split(/(?=-----BEGIN CERTIFICATE-----)/).filter((text) => text.trim() !== '');
    const authorities = certificates.map((text) => new X509Certificate(text).toString());
    return tls.createSecureContext({ ca: [...roots, ...authorities] });
  } catch (cause) {
    throw new AppError('invalid-input', 'The certificate authority could not be read. Nothing was sent.', {
      hint: 'It must be one or more certificates in PEM.',
      details: { remedy: 'account.authority' satisfies Remedy },
      cause,
    });
  }
}

/**
 * An empty text switches the proxy off; undefined would make undici look into the process's environment by itself.
 * `proxy.example.com:8080` without a scheme is common, and means http. The message does not repeat the address, and
 * there is no cause: a proxy's password may be in it.
 */
function proxyAddress(environment: ProxyEnvironment, name: 'http_proxy' | 'https_proxy'): string {
  const text = (environment[name] ?? environment[name.toUpperCase()] ?? '').trim();
  if (text === '') return '';
  const address = text.includes('://') ? text : `http://${text}`;
  if (/^(https?|socks5?):\/\//i.test(address) && URL.canParse(address)) return address;
  throw new AppError('invalid-input', `${name.toUpperCase()} is not the address of a proxy. Nothing was sent.`, {
    hint: 'Give it like http://proxy.example.com:8080, or remove it.',
  });
}
