import type { AuditEntry } from '../../shared/contract/audit.ts';
import type { RondoHandlers } from '../../shared/contract/contract.ts';
import type { Token, TokenFilter } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import { canonicalSlug } from '../../shared/slugs.ts';
import { compareTokens, matchesFilter } from '../../shared/token-list.ts';
import { isoInstant } from '../platform/clock.ts';
import { adoptValue } from './adopt.ts';
import { checkTokens } from './check.ts';
import { createToken, type WantedToken } from './create.ts';
import { deleteTokens } from './delete.ts';
import { editToken, forget, lend } from './held-values.ts';
import type { TokensWorld } from './ports.ts';
import { toWireScope } from './scopes.ts';
import { syncAccounts } from './sync.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';
import { tokenView } from './token-view.ts';

type TokenChannels = Extract<keyof RondoHandlers, `token.${string}` | `sync.${string}`>;

/** `idle`: resolves when nothing rotates by itself, which holds the same lock file as creating does. */
export function tokenHandlers(
  world: TokensWorld,
  history: (token: Id) => AuditEntry[],
  idle: () => Promise<void>,
): Pick<RondoHandlers, TokenChannels> {
  const view = (record: TokenRecord) => tokenView(record, isoInstant(world.clock.now()));
  async function create(wanted: WantedToken) {
    await idle();
    const { token, otherwise } = await createToken(world, wanted);
    return { token: view(token), ...(otherwise.length === 0 ? {} : { otherwise: [...otherwise] }) };
  }
  return {
    'sync.run': async ({ account }) => ({
      sync: await syncAccounts(world, account === undefined ? world.accounts.present() : [world.accounts.of(account)]),
    }),
    'token.list': (filter) => ({ tokens: listTokens(world, filter) }),
    'token.show': ({ id }) => {
      const token = tokenStore.resolve(world.session(), id);
      return { token: view(token), history: history(token.id), destinations: [] };
    },
    'token.create-personal': async ({ account, label, access, expiresInMs, keep }) => {
      const expiry = expiresInMs === undefined ? {} : { expiresAt: isoInstant(world.clock.now() + expiresInMs) };
      const request = { label, ...(access === undefined ? {} : { access }), ...expiry };
      const place = { kind: 'personal' } as const;
      return create({ account: world.accounts.of(account).id, place, request, keep });
    },
    'token.create-project': async ({ project, scope, label, account, keep }) => {
      const place = { kind: 'project', slug: canonicalSlug(project) } as const;
      const request = { label, wireScope: toWireScope(scope) };
      const owner = world.accounts.watching(place.slug, account);
      return create({ account: owner.id, place, request, keep });
    },
    'token.take': ({ id }) => ({ value: lend(world, id) }),
    'token.taken': ({ id }) => ({ token: view(forget(world, id)) }),
    'token.adopt': async ({ id, value }) => ({ token: view(await adoptValue(world, id, value)) }),
    'token.edit': ({ id, ...edit }) => ({ token: view(editToken(world, id, edit)) }),
    'token.delete': ({ ids, confirm }) => deleteTokens(world, ids, confirm),
    'token.check': async ({ ids }) => ({ checks: await checkTokens(world, ids) }),
  };
}

/** One that is certainly there, as every list shows it. */
export function showToken({ session, clock }: Pick<TokensWorld, 'session' | 'clock'>, id: Id): Token {
  return tokenView(tokenStore.resolve(session(), id), isoInstant(clock.now()));
}

/** What matches, in the order of every list. */
export function listTokens(
  world: Pick<TokensWorld, 'session' | 'clock'> & { readonly accounts: Pick<TokensWorld['accounts'], 'idOf'> },
  filter: TokenFilter,
  age: 'certain' | 'perhaps' = 'certain',
): Token[] {
  const nowMs = world.clock.now();
  const now = isoInstant(nowMs);
  const { account, project, ...rest } = filter;
  const exact = {
    ...rest,
    ...(account === undefined ? {} : { account: world.accounts.idOf(account) }),
    ...(project === undefined ? {} : { project: canonicalSlug(project) }),
  };
  return tokenStore
    .list(world.session())
    .map((record) => tokenView(record, now))
    .filter((token) => matchesFilter(token, exact, nowMs, age))
    .toSorted(compareTokens);
}
