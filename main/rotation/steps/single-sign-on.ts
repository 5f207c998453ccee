import type { Proof } from '../../../shared/contract/rotation.ts';
import type { Asker, Caller } from '../../circleci/circleci.ts';
import { isoInstant } from '../../platform/clock.ts';
import { replacementOf, type StepContext, withValueOf } from './step.ts';

/**
 * An organization with single sign-on keeps a new personal token out until its owner has authorized it there, and no
 * route tells which organizations those are. So the new token is compared with the one that Rondo signs in with, on
 * projects that the account reads and strangers do not: where only the new one is kept out, its owner has to authorize it.
 */
export interface SingleSignOn {
  /** Organizations that keep the new token out. */
  readonly closed: readonly string[];
  /** Of those that its owner has authorized it for. */
  readonly proofs: readonly Proof[];
}

/** One private project answers for its organization; the others are asked only where the first one cannot. */
const projectsAnOrganization = 5;

export async function askSingleSignOn(context: StepContext): Promise<SingleSignOn> {
  const { world, record } = context;
  if (record.place.kind !== 'personal') return { closed: [], proofs: [] };
  const closed: string[] = [];
  const proofs: Proof[] = [];
  for (const [organization, slugs] of byOrganization(world.accounts.watchedSlugs(record.account))) {
    const answer = await askOrganization(context, slugs.slice(0, projectsAnOrganization));
    if (answer?.isOpen === false) closed.push(organization);
    if (answer?.isOpen === true && record.authorize?.includes(organization)) {
      const at = isoInstant(world.clock.now());
      proofs.push({
        what: `the new token opens ${organization}`,
        asked: answer.asked,
        answered: answer.answered,
        at,
        ok: true,
      });
    }
  }
  return { closed, proofs };
}

/** Undefined: neither token tells. */
async function askOrganization(context: StepContext, slugs: readonly string[]) {
  const { world, caller, record } = context;
  for (const slug of slugs) {
    const asked = `GET /api/v1.1/project/${slug}`;
    const fresh = await withValueOf(context, replacementOf(record), (asker) => world.circleci.readProject(asker, slug));
    if (fresh === undefined) return undefined;
    const compared = await world.circleci.readProject(isYes(fresh.status) ? withoutToken(caller) : caller, slug);
    // A public project answers anybody, and one that neither token sees tells nothing: another may.
    if (isYes(fresh.status) === isYes(compared.status) || !(isYes(fresh.status) || isNo(fresh.status))) continue;
    return { isOpen: isYes(fresh.status), asked, answered: `${fresh.status}` };
  }
  return undefined;
}

function withoutToken({ host, signal }: Caller): Asker {
  return signal === undefined ? { host } : { host, signal };
}

function isYes(status: number): boolean {
  return status >= 200 && status < 300;
}

function isNo(status: number): boolean {
  return status === 401 || status === 403 || status === 404;
}

function byOrganization(slugs: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const slug of slugs.toSorted()) {
    const organization = slug.split('/').slice(0, 2).join('/');
    groups.set(organization, [...(groups.get(organization) ?? []), slug]);
  }
  return groups;
}
