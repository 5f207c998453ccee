import { expect, test } from 'vitest';
import type { Caller, CircleCi, Place } from '../../main/circleci/circleci.ts';
import { callerOf, plainMemory, testClient } from './circleci-client.ts';
import { type DocumentedExchange, exchangeServer } from './exchange-server.ts';

/**
 * Exchanges with CircleCI that are documented anywhere and that Rondo uses, as data: what must be asked, what is
 * answered, what the client makes of it. The server knows only the table, so a route, a header, a body or a spelling that
 * the client or the sandbox got wrong shows here.
 */
export interface Situation {
  readonly name: string;
  /** What the host's memory holds before. */
  readonly known?: Readonly<Record<string, string>>;
  readonly exchanges: readonly DocumentedExchange[];
  readonly act: (circleci: CircleCi, caller: Caller) => Promise<unknown>;
  /** What the act gives, or the code and words that it fails with. */
  readonly gives?: unknown;
  readonly failsWith?: { readonly code: string; readonly message?: RegExp };
  /** What the host's memory holds afterwards. */
  readonly learns?: Readonly<Record<string, string>>;
}

export const token = 'CCIPAT_BUfDLh3DXGFs8Zr2q1KWWq_00112233445566778899aabbccddeeff00112233';
export const personalValue = 'CCIPAT_FhZkyg6fsDnYvA3PTXnSB4_89abcdef0123456789abcdef0123456789abc0de';
export const projectValue = 'CCIPRJ_4M7vWtoiKYCBMVgRsjHY7z_76543210fedcba9876543210fedcba987654face';
export const legacyValue = '9d4f2c1b0a99887766554433221100ffeeddcc0b';

export const personal: Place = { kind: 'personal' };
export const web: Place = { kind: 'project', slug: 'gh/acme/web' };
export const appProject: Place = { kind: 'project', slug: 'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat' };

export const me = {
  id: '0a1b2c3d-0000-4000-8000-000000000001',
  login: 'ada',
  name: 'Ada L.',
  avatar_url: 'https://a.example/1',
};
export const alive: DocumentedExchange = { ask: 'GET /api/v2/me', token, answer: { status: 200, json: me } };
export const dead: DocumentedExchange = {
  ask: 'GET /api/v2/me',
  token,
  answer: { status: 401, json: { message: 'Invalid token provided.' } },
};

export const get = (path: `/${string}`, status: number, json?: unknown, headers = {}): DocumentedExchange => ({
  ask: `GET ${path}`,
  token,
  answer: { status, json, headers },
});
export const post = (path: `/${string}`, sends: unknown, status: number, json?: unknown): DocumentedExchange => ({
  ask: `POST ${path}`,
  token,
  sends,
  answer: { status, json },
});
export const remove = (path: `/${string}`, status: number, json?: unknown): DocumentedExchange => ({
  ask: `DELETE ${path}`,
  token,
  answer: { status, json },
});

export const identify: Situation['act'] = (circleci, caller) => circleci.identify(caller);
export const list =
  (place: Place): Situation['act'] =>
  (circleci, caller) =>
    circleci.listTokens(caller, place);
export const followed: Situation['act'] = (circleci, caller) => circleci.followedProjects(caller);

export const notFound = { message: 'Project not found' };
export const webTokens = '/api/v1.1/project/gh/acme/web/token';

/** One test for each situation: everything was asked as in the table, nothing else, and the outcome is the one told. */
export function testSituations(situations: readonly Situation[]): void {
  test.each(situations)('$name', async ({ known, exchanges, act, gives, failsWith, learns }) => {
    await using server = await exchangeServer(exchanges);
    const memory = plainMemory({ ...known });
    await using client = testClient({ memory });
    const outcome = await act(client.circleci, callerOf(server, token)).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    expect(server.problems()).toEqual([]);
    if (failsWith === undefined) expect(outcome).toEqual({ value: gives });
    else {
      const { code, message = /./ } = failsWith;
      expect(outcome).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
    }
    if (learns !== undefined) expect(memory.facts).toEqual(learns);
  });
}
