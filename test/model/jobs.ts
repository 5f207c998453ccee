import type { JobHead } from '../../shared/contract/job.ts';
import type { Result } from '../../shared/contract/result.ts';
import { expectOk } from '../support/core-pieces.ts';
import type { Act, Rest } from './acts.ts';
import { must } from './broken.ts';
import { chosen, rotatable, unfinished } from './choices.ts';
import { during, type Outcome } from './disturb.ts';
import { placeOfToken } from './ledger.ts';
import type { Stage } from './stage.ts';

type Disturbed = Pick<Act & { readonly kind: 'job' | 'go-on' }, 'how' | 'rest'>;
type Head = Pick<JobHead, 'id' | 'state'>;
type Begun = Result<{ readonly job: Head }>;

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
  const said: Promise<Begun>[] = [];
  const restNow = async ({ what, then = [] }: Rest) => {
    // Not begun yet, there is nothing to name.
    for (const act of id === undefined ? [] : [what, ...then]) said.push(client(`job.${act}`, { id: id ?? '' }));
    await Promise.all(said);
    // What somebody else does meanwhile may come to this after the job's own end, and let it go on once more.
    if (id !== undefined) await client('job.wait', { id });
  };
  const also = rest === undefined ? {} : { also: { at: rest.at, act: () => restNow(rest) } };
  const outcome = await during(stage, { how, ...about, ...also }, async () => {
    const begun = await begin(client);
    if (!begun.ok) return begun;
    stage.ledger.jobs.add(begun.value.job.id);
    id = begun.value.job.id;
    await client('job.wait', { id });
    // Somebody may have gone on with it once it rested.
    await Promise.all(said);
    // Where it was locked or cut off meanwhile, that says so.
    return client('job.wait', { id });
  });
  const last = await said.at(-1);
  if (outcome.ended === undefined && last?.ok === true) await staysAsAsked(stage, rest, last.value.job);
  return outcome;
}

/** Asked to rest, it does until somebody goes on with it: whatever was asked before. */
async function staysAsAsked(stage: Stage, rest: Rest | undefined, { id, state }: Head): Promise<void> {
  const word = rest?.then?.at(-1) ?? rest?.what;
  if (word !== 'pause' && word !== 'stop') return;
  const { job } = expectOk(await stage.core().client('job.show', { id }));
  must(job.state === state, `the job ${id} was asked to ${word}, answered that it is ${state}, and is ${job.state}`);
}
