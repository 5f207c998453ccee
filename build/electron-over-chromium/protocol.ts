import { toExternal, toInternal } from './internal-url.ts';
import { named, notImplemented } from './unimplemented.ts';

/** The schemes that the app owns. One list for all sessions, fixed before the app is ready. */
export interface Schemes {
  register(schemes: readonly CustomScheme[]): void;
  has(scheme: string): boolean;
  toInternal(url: string): string;
  toExternal(url: string): string;
}

interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: Readonly<Record<string, boolean | undefined>>;
}

export type Handler = (request: Request) => Response | Promise<Response>;

/** Every own scheme is an https origin inside, which is all of this; asking for less, or to bypass CSP, would be a lie. */
const alwaysGranted = ['standard', 'secure'];
const granted = new Set([...alwaysGranted, 'supportFetchAPI', 'corsEnabled', 'stream', 'codeCache']);

export function createSchemes(isReady: () => boolean): Schemes {
  const names = new Set<string>();
  let isRegistered = false;
  return {
    register(schemes) {
      if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      if (isRegistered) throw new Error('protocol.registerSchemesAsPrivileged should be called only once');
      isRegistered = true;
      for (const { scheme, privileges = {} } of schemes) {
        for (const name of alwaysGranted) {
          if (privileges[name] !== true) throw notImplemented(`the scheme ${scheme} without the privilege ${name}`);
        }
        for (const [name, value] of Object.entries(privileges)) {
          if (value === true && !granted.has(name)) throw notImplemented(`the privilege ${name}`);
        }
        names.add(scheme);
      }
    },
    has: (scheme) => names.has(scheme),
    toInternal: (url) => toInternal(url, names),
    toExternal: (url) => toExternal(url, names),
  };
}

export interface Protocol {
  handle(scheme: string, handler: Handler): void;
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void;
}

/** @returns Electron's `protocol` of one session, and what answers its requests */
export function createProtocol(schemes: Schemes): {
  readonly protocol: Protocol;
  readonly handlerOf: (externalUrl: string) => Handler | undefined;
} {
  const handlers = new Map<string, Handler>();
  const protocol = named('protocol', {
    registerSchemesAsPrivileged: (all: readonly CustomScheme[]) => schemes.register(all),
    handle(scheme: string, handler: Handler) {
      if (!schemes.has(scheme)) throw notImplemented(`protocol.handle for the unregistered scheme ${scheme}`);
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, handler);
    },
  });
  return { protocol, handlerOf: (url) => handlers.get(url.split(':', 1)[0] ?? '') };
}
