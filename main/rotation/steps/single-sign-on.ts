import type { Proof } from '../../../shared/contract/rotation.ts';
import { AppError } from '../../app-error.ts';
import type { Asker, Caller, ProofAnswer } from '../../circleci/circleci.ts';
import { isoInstant } from '../../platform/clock.ts';
import { wasProved } from '../prove-again.ts';
import { replacementOf, type StepContext, withValueOf } from './step.ts';

/**
 * An organization with single sign-on keeps a new personal token out until its owner has authorized it there, and no
 * route tells which organizations those are. So the new token is compared with the old one where its value is held, and
 * with the one that Rondo signs in with, on projects that the account knows and strangers do not. Where nothing can be
 * compared, the receipt says so.
 */
export interface SingleSignOn {
  /** Organizations that keep the new token out, and let another one of its owner in. */
  readonly closed: readonly string[];
  /** Those that refuse the new token and Rondo's own: whether they let the old one in nothing tells. Or nobody can ask them any more. */
  readonly perhaps: readonly string[];
  /** The vault held the new value to ask with. */
  readonly isAsked: boolean;
  /** Of those that its owner has authorized it for, and of those that nothing is proved of. */
  readonly proofs: readonly Proof[];
}

/** One private project answers for its organization; the others are asked only where the first one cannot. */
const mostThatTell = 5;
/** Public projects tell nothing, and an organization may have many. */
const mostAsked = 20;

export async function askSingleSignOn(context: StepContext): Promise<SingleSignOn> {
  const { world, record } = context;
  const isAsked = world.session().withSecret(replacementOf(record), () => true) === true;
  const found = { closed: [] as string[], perhaps: [] as string[], proofs: [] as Proof[], isAsked };
  if (record.place.kind !== 'personal') return found;
  const prove = (organization: string, proof: Pick<Proof, 'asked' | 'answered' | 'ok'>) =>
    found.proofs.push({ what: opens(organization), ...proof, at: isoInstant(world.clock.now()) });
  if (!isAsked) {
    found.perhaps.push(...unsettled(record));
    for (const organization of found.perhaps) {
      prove(organization, { asked: unasked, answered: `${taken}; that it is authorized, its owner says`, ok: false });
    }
    // What was asked when it was proved first stands.
    const isNew = found.perhaps.length === 0 && !wasProved(record);
    if (isNew) prove('every organization', { asked: unasked, answered: taken, ok: false });
    return found;
  }
  const byOrganization = groupsOf(world.accounts.projectSlugs(record.account));
  for (const [organization, slugs] of byOrganization) {
    const answer = await askOrganization(context, slugs.slice(0, mostAsked));
    const none = slugs.length > mostAsked ? `none of the ${mostAsked} projects that were asked there tells` : untold;
    const { asked = nobody, answered = none } = answer ?? {};
    if (answer === undefined) prove(organization, { asked, answered, ok: false });
    if (answer?.is === 'closed') found.closed.push(organization);
    if (answer?.is === 'perhaps') {
      found.perhaps.push(organization);
      prove(organization, { asked, answered: `${answered}; that it is authorized, its owner says`, ok: false });
    }
    if (answer?.is === 'open' && record.authorize?.includes(organization)) {
      prove(organization, { asked, answered, ok: true });
    }
  }
  const others = await otherOrganizations(context);
  if ('failed' in others)
    prove('every organization', { asked: organizationsAsked, answered: others.failed, ok: false });
  else {
    for (const organization of others.known.filter((slug) => !byOrganization.has(slug))) {
      prove(organization, { asked: nobody, answered: untold, ok: false });
    }
  }
  return found;
}

/** A person has said that the new token is authorized where nobody can ask; it is on the receipt since. */
export function isSaid(
  { record }: Pick<StepContext, 'record'>,
  { proofs }: SingleSignOn,
  organization: string,
): boolean {
  const told = proofs.find(({ what, ok }) => what === opens(organization) && !ok);
  return record.proofs.some(({ what, asked, ok }) => what === told?.what && asked === told.asked && !ok);
}

/**
 * Those that kept the new token out, or may have, when its value could still be asked with, and that neither an answer nor
 * its owner has settled since: only then a proof of them names somebody who was asked.
 */
function unsettled({ authorize = [], proofs }: StepContext['record']): string[] {
  const isSettled = (organization: string) =>
    proofs.some(({ what, asked }) => what === opens(organization) && asked !== nobody);
  return authorize.filter((organization) => !isSettled(organization));
}

function opens(organization: string): string {
  return `the new token opens ${organization}`;
}

const nobody = 'nobody';
const unasked = 'nobody with the new token';
const taken = 'its value was taken and is not in the vault any more';
const untold = 'no private project is known there that would tell';
const organizationsAsked = 'GET /api/v2/me/collaborations';

/** Those of the user that have no project here. A host without this route has no others. */
async function otherOrganizations({ world, caller }: StepContext) {
  try {
    const organizations = await world.circleci.organizations(caller);
    // What CircleCI gives no id is the person's own account on GitHub or Bitbucket, which has no single sign-on.
    return { known: organizations.filter(({ id }) => id !== undefined).map(({ slug }) => slug) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'stopped') throw error;
    return error.code === 'unsupported' ? { known: [] } : { failed: error.code };
  }
}

interface Told {
  readonly is: 'open' | 'closed' | 'perhaps' | 'as before';
  readonly asked: string;
  readonly answered: string;
}

/** What one of its projects tells for certain; else what they leave open. Undefined: they tell nothing. */
async function askOrganization(context: StepContext, slugs: readonly string[]): Promise<Told | undefined> {
  let told: Told | undefined;
  let telling = 0;
  for (const slug of slugs) {
    const answer = await askProject(context, slug);
    if (answer === undefined) continue;
    if (answer.is === 'open' || answer.is === 'closed') return answer;
    if (told === undefined || answer.is === 'perhaps') told = answer;
    telling += 1;
    if (telling === mostThatTell) break;
  }
  return told;
}

async function askProject(context: StepContext, slug: string): Promise<Told | undefined> {
  const { world, caller, record } = context;
  const read = (asker: Asker) => world.circleci.readProject(asker, slug);
  const request = `GET /api/v1.1/project/${slug}`;
  const fresh = await withValueOf(context, replacementOf(record), read);
  if (fresh === undefined) return undefined;
  if (isYes(fresh)) {
    // A public project answers anybody.
    if (isYes(await read(withoutToken(caller)))) return undefined;
    return { is: 'open', asked: request, answered: `${fresh.status}` };
  }
  const old = await withValueOf(context, record.token, read);
  if (old !== undefined && isYes(old)) return { is: 'closed', asked: request, answered: `${fresh.status}` };
  const own = await read(caller);
  if (isYes(own)) return { is: 'closed', asked: request, answered: `${fresh.status}` };
  // A redirect, say, may be its sign-in page, or that it was renamed: only where another token is let in it is a no.
  if (!isNo(fresh)) return undefined;
  const wasRefused = (old !== undefined && isNo(old)) || world.tokens.isSignIn(record.token) === true;
  return {
    is: wasRefused ? 'as before' : 'perhaps',
    asked: `${request}, with the new token and with Rondo's own`,
    answered: `${fresh.status} and ${own.status}`,
  };
}

function withoutToken({ host, signal }: Caller): Asker {
  return signal === undefined ? { host } : { host, signal };
}

function isYes({ status }: ProofAnswer): boolean {
  return status >= 200 && status < 300;
}

function isNo({ status }: ProofAnswer): boolean {
  return status === 401 || status === 403 || status === 404;
}

function groupsOf(slugs: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const slug of slugs) {
    const organization = slug.split('/').slice(0, 2).join('/');
    groups.set(organization, [...(groups.get(organization) ?? []), slug]);
  }
  return groups;
}
