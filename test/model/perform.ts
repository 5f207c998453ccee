import { deleteByHand } from '../../main/sandbox/by-hand.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { changeAccount } from './accounts.ts';
import { type Act, labels, places } from './acts.ts';
import { chosen, deletable, held, open, ownAccount, removable, rotatable } from './choices.ts';
import { colleagueCreates, during, type Outcome, scopeFor, tellLost } from './disturb.ts';
import { tell } from './guided.ts';
import { beginJob, goOnWithJob } from './jobs.ts';
import { mayHaveCreated, placeOfToken } from './ledger.ts';
import { restore } from './restore.ts';
import type { Stage } from './stage.ts';

/** Does what the act says, as a person would at a front door, or a colleague on CircleCI's pages. */
export async function perform(act: Act, stage: Stage): Promise<Outcome> {
  const { client } = stage.core();
  switch (act.kind) {
    case 'create':
      return create(act, stage);
    case 'rotate':
    case 'cut-over':
    case 'guided':
      return rotate(act, stage);
    case 'tell':
      return tell(act, stage);
    case 'job':
      return beginJob(act, stage);
    case 'go-on':
      return goOnWithJob(act, stage);
    case 'take':
      return take(chosen(held(stage), act.pick), stage);
    case 'delete': {
      const token = chosen(deletable(stage), act.pick);
      if (token === undefined) return { disturbed: false };
      stage.ledger.userDeleted.add(token.remoteId ?? '');
      return during(stage, { how: act.how }, () => client('token.delete', { ids: [token.id], confirm: 'DELETE' }));
    }
    case 'sync':
      return sync(act, stage);
    case 'resume':
      return during(stage, { how: act.how }, () => client('rotation.resume', { ids: [] }));
    case 'decide':
      return decide(chosen(open(stage), act.pick), act, stage);
    case 'account':
      return changeAccount(act, stage);
    case 'clock':
      if ('backMs' in act) stage.setBack(act.backMs);
      else stage.clock.advance(act.forwardMs);
      return { disturbed: false };
    case 'lock':
      return reopen(stage, async () => {
        await client('vault.lock', {});
        await stage.unlock();
      });
    case 'restart':
      return act.from === 'backup' ? restore(act.pick, stage) : reopen(stage, () => stage.restart());
    case 'weather':
      stage.weather = act.faults;
      return { disturbed: act.faults.length > 0 };
    case 'colleague': {
      if (act.does === 'creates') colleagueCreates(stage, places[act.place] ?? '', labels[act.label] ?? '');
      else colleagueDeletes(stage, act.pick);
      return { disturbed: false };
    }
  }
}

type Rotating = Act & { readonly kind: 'rotate' | 'cut-over' | 'guided' };

async function rotate(act: Rotating, stage: Stage): Promise<Outcome> {
  const token = chosen(rotatable(stage), act.pick);
  if (token === undefined) return { disturbed: false };
  const order = {
    ids: [token.id],
    keep: act.keep,
    dryRun: false,
    guided: act.kind === 'guided',
    mode: act.kind === 'guided' ? act.mode : act.kind === 'cut-over' ? ('cut-over' as const) : ('overlap' as const),
    retire: act.kind === 'cut-over' ? ('now' as const) : act.retire,
  };
  return during(stage, { how: act.how, label: token.label, place: placeOfToken(token) }, () =>
    stage.core().client('rotation.start', order),
  );
}

/** What has become due goes on by itself, in whatever weather there is. */
async function reopen(stage: Stage, act: () => Promise<void>): Promise<Outcome> {
  const { disturbed, met = false } = await during(stage, { how: { faults: [] } }, async () => {
    await act();
    return { ok: true, value: undefined };
  });
  return { disturbed: disturbed && stage.touched.size > 0, met };
}

function colleagueDeletes(stage: Stage, pick: number): void {
  const id = chosen(removable(stage), pick)?.id ?? '';
  stage.ledger.handDeleted.add(id);
  deleteByHand(stage.imitation.world, { id });
}
async function create(act: Act & { kind: 'create' }, stage: Stage): Promise<Outcome> {
  const { client } = stage.core();
  const place = places[act.place] ?? '';
  const label = labels[act.label] ?? '';
  const account = ownAccount(stage)?.id;
  const scope = scopeFor(label).own;
  const of = { label, keep: act.keep, account: account ?? '' };
  const outcome = await during(stage, { how: act.how, label, place, creates: true }, () =>
    place === 'personal'
      ? client('token.create-personal', of)
      : client('token.create-project', { ...of, project: place, scope }),
  );
  const { result } = outcome;
  // It says so in these words: there may be a token whose value nobody knows.
  if (result?.ok === false && ['needs-attention', 'stopped', 'internal'].includes(result.error.code)) {
    await stage.look();
    tellLost(stage, place);
  }
  return outcome;
}

async function sync(act: Act & { kind: 'sync' }, stage: Stage): Promise<Outcome> {
  let readAll = false;
  const outcome = await during(stage, { how: act.how }, async () => {
    const result = await stage.core().client('sync.run', {});
    readAll = result.ok && result.value.sync.failed.length === 0;
    return result;
  });
  return { ...outcome, readAll };
}

async function take(token: Token | undefined, stage: Stage): Promise<Outcome> {
  const { client } = stage.core();
  const id = token?.id ?? '';
  const lent = await client('token.take', { id });
  if (lent.ok) {
    if (token?.remoteId !== undefined) stage.ledger.hadValue.add(token.remoteId);
    stage.ledger.taken.set(token?.remoteId ?? '', new TextDecoder().decode(lent.value.value));
    lent.value.value.fill(0);
  }
  return { result: await client('token.taken', { id }), disturbed: false };
}

/** By its name: it is given up, or somebody has looked and it goes on. What was not certain until then is left as it is. */
async function decide(rotation: Rotation | undefined, act: Act & { kind: 'decide' }, stage: Stage): Promise<Outcome> {
  const { client } = stage.core();
  const id = rotation?.id ?? '';
  const token = stage.sight.tokens.find((one) => one.id === rotation?.token);
  const place = token === undefined ? '' : placeOfToken(token);
  const isDisputed = rotation?.error?.message.includes('not certain which') === true;
  if (rotation !== undefined && mayHaveCreated(rotation) && (act.abandon || isDisputed)) tellLost(stage, place);
  stage.ledger.asleep.delete(id);
  if (act.abandon) return { result: await client('rotation.abandon', { id, confirm: 'ABANDON' }), disturbed: false };
  return during(stage, { how: act.how, place, ...(token === undefined ? {} : { label: token.label }) }, () =>
    client('rotation.resume', { ids: [id] }),
  );
}
