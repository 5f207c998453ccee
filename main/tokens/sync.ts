import type { SyncReport } from '../../shared/contract/sync.ts';
import { AppError } from '../app-error.ts';
import type { Caller, Place } from '../circleci/circleci.ts';
import { mapConcurrently } from '../platform/queue.ts';
import { mergePlace, rowOfValue, tokensAt } from './place-merge.ts';
import type { TokenAccount, TokensWorld } from './ports.ts';
import { readPlace } from './read-place.ts';
import { isPresent } from './token-store.ts';

/** CircleCI publishes no limit for v1.1; four at once reads 200 projects in seconds and leaves room for others. */
const projectsAtOnce = 4;

const unreached = ['network', 'rate-limited', 'server-error'];

type Failures = SyncReport['failed'];

/**
 * Reads everything from CircleCI, account by account. A failed read changes no token of its place and does not stop the
 * others; every failure is in the report.
 */
export async function syncAccounts(world: TokensWorld, accounts: readonly TokenAccount[]): Promise<SyncReport> {
  const total: SyncReport = { accounts: 0, projects: 0, tokens: 0, added: 0, changed: 0, gone: 0, failed: [] };
  for (const account of accounts) {
    const report = await syncAccount(world, account);
    total.accounts += report.accounts;
    total.projects += report.projects;
    total.tokens += report.tokens;
    total.added += report.added;
    total.changed += report.changed;
    total.gone += report.gone;
    total.failed.push(...report.failed);
  }
  return total;
}

async function syncAccount(world: TokensWorld, account: TokenAccount): Promise<SyncReport> {
  const report: SyncReport = { accounts: 0, projects: 0, tokens: 0, added: 0, changed: 0, gone: 0, failed: [] };
  try {
    await world.accounts.withCaller(account.id, async (caller) => {
      await proveIdentity(world, account, caller);
      report.accounts = 1;
      await readEverything(world, { account, caller }, report);
    });
  } catch (error) {
    note(report.failed, account.name, error);
    if (report.accounts === 0) {
      const outcome = unreached.includes(codeOf(error)) ? 'network' : 'refused';
      world.accounts.attempted(account.id, { outcome, whole: false });
      return report;
    }
  }
  const whole = !report.failed.some(({ error }) => unreached.includes(error.code));
  world.accounts.attempted(account.id, { outcome: 'ok', whole });
  return report;
}

async function proveIdentity(world: TokensWorld, account: TokenAccount, caller: Caller): Promise<void> {
  const who = await world.circleci.identify(caller);
  if (who.userId === account.userId) return;
  throw new AppError('unauthorized', 'The token of this account answers as another user now.', {
    effect: 'nothing-changed',
    hint: 'Add the account again with a token of the right user.',
  });
}

interface Signed {
  readonly account: TokenAccount;
  readonly caller: Caller;
}

async function readEverything(world: TokensWorld, signed: Signed, report: SyncReport): Promise<void> {
  const { account, caller } = signed;
  await attempt(report.failed, `${account.name}: followed projects`, async () => {
    world.accounts.takeOverFollowed(account.id, await world.circleci.followedProjects(caller));
  });
  const slugs = world.accounts.watchedSlugs(account.id);
  let done = 0;
  const progress = (reading: string) => world.progress({ done, total: slugs.length + 1, reading });
  progress('personal tokens');
  await attempt(report.failed, `${account.name}: personal tokens`, () => readPersonal(world, signed, report));
  await mapConcurrently(slugs, projectsAtOnce, async (slug) => {
    progress(slug);
    await attempt(report.failed, slug, async () => {
      await syncPlace(world, signed, { kind: 'project', slug }, report);
      report.projects += 1;
    });
    done += 1;
  });
}

async function readPersonal(world: TokensWorld, signed: Signed, report: SyncReport): Promise<void> {
  const { account } = signed;
  try {
    await syncPlace(world, signed, { kind: 'personal' }, report);
  } catch (error) {
    // A host without the route is told once; after that it is a fact of the account, not a failure of each sync.
    if (codeOf(error) === 'unsupported' && account.lacksPersonalList) return;
    throw error;
  }
  const shape = world.accounts.signInShape(account.id);
  const session = world.session();
  const present = tokensAt(session, { account: account.id, place: { kind: 'personal' } }).filter(isPresent);
  const row = shape === undefined ? undefined : rowOfValue(present, shape);
  if (row?.id !== account.signInToken) world.accounts.signsInWith(account.id, row?.id);
}

async function syncPlace(world: TokensWorld, signed: Signed, place: Place, report: SyncReport): Promise<void> {
  const list = await readPlace(world, signed.caller, place);
  const session = world.session();
  const counts = session.write((transaction) =>
    mergePlace(session, transaction, { account: signed.account.id, place }, list),
  );
  report.tokens += list.tokens.length;
  report.added += counts.added;
  report.changed += counts.changed;
  report.gone += counts.gone;
}

async function attempt(failed: Failures, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    note(failed, what, error);
  }
}

/** Expected failures go into the report; a locked vault, a stop and bugs end the sync. */
function note(failed: Failures, what: string, error: unknown): void {
  if (
    !(error instanceof AppError) ||
    ['locked', 'stopped', 'storage', 'vault-damaged', 'vault-busy'].includes(error.code)
  )
    throw error;
  failed.push({ what, error: error.toPartFailure() });
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal';
}
