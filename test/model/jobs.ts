import type { JobHead } from '../../shared/contract/job.ts';
import type { Result } from '../../shared/contract/result.ts';
import type { Act, Rest } from './acts.ts';
import { chosen, rotatable, unfinished } from './choices.ts';
import { during, type Outcome } from './disturb.ts';
import { placeOfToken } from './ledger.ts';
import type { Stage } from './stage.ts';

type Disturbed = Pick<Act & { readonly kind: 'job' | 'go-on' }, 'how' | 'rest'>;
type Begun = Result<{ readonly job: Pick<JobHead, 'id'> }>;

/** Several tokens at once, or after an incident all that this machine held. */
export async function beginJob(act: Act & { readonly kind: 'job' }, stage: Stage): Promise<Outcome> {
  const { mode, retire, keep, picks } = act;
  const among = rotatable(stage);
  const tokens = new Set(picks.flatMap((pick) => chosen(among, pick) ?? []));
  const which =
    picks.length === 0
      ? { ids: [], filter: { heldHere: true as const }, mode: 'cut-over' as const }
      : { ids: [...tokens].map(({ id }) => id), mode };
  const [first] = tokens;
  const about = first === undefined ? {} : { label: first.label, place: placeOfToken(first) };
  return untilItRests(stage, { ...act, ...about }, (client) => {
    return client('job.start', { ...which, retire, keep, confirm: 'ROTATE' });
  });
}

export async function goOnWithJob(act: Act & { readonly kind: 'go-on' }, stage: Stage): Promise<Outcome> {
  const id = chosen(unfinished(stage), act.pick)?.id ?? '';
  return untilItRests(stage, act, (client) => client(act.again ? 'job.retry' : 'job.resume', { id }));
}

async function untilItRests(
  stage: Stage,
  { how, rest, ...about }: Disturbed & { readonly label?: string; readonly place?: string },
  begin: (client: ReturnType<Stage['core']>['client']) => Promise<Begun>,
): Promise<Outcome> {
  const { client } = stage.core();
  let id: string | undefined;
  const restNow = async ({ what }: Rest) => {
    // Not begun yet, there is nothing to name.
    if (id !== undefined) await client(`job.${what}`, { id });
  };
  const also = rest === undefined ? {} : { also: { at: rest.at, act: () => restNow(rest) } };
  return during(stage, { how, ...about, ...also }, async () => {
    const begun = await begin(client);
    if (!begun.ok) return begun;
    stage.ledger.jobs.add(begun.value.job.id);
    id = begun.value.job.id;
    // Where it was locked or cut off meanwhile, that says so.
    return client('job.wait', { id });
  });
}
