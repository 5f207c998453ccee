import type { Proof, Rotation } from '../../shared/contract/rotation.ts';
import type { Sandbox, SandboxToken } from '../../shared/contract/sandbox.ts';
import type { Token } from '../../shared/contract/token.ts';
import { AppError } from '../app-error.ts';
import type { Ask } from './ask.ts';
import { bytesOf, equalBytes } from './bytes.ts';
import { syncLines } from './commands/sync.ts';
import { plainStyle } from './output/style.ts';

/** One step of the demonstration: what was done, and what CircleCI (here the sandbox) answered. */
export interface DemoStep {
  readonly name: string;
  readonly did: string;
  readonly answered: readonly string[];
}

/** Something that the sandbox itself was asked afterwards; a claim counts only if it is there. */
export interface ReadBack {
  readonly what: 'created' | 'taken' | 'proved' | 'retired' | 'deleted';
  readonly ok: boolean;
  readonly found: string;
}

export interface DemoWorld {
  readonly ask: Ask;
  /** Bytes that nobody sees; overwritten. */
  readonly password: () => Uint8Array;
  /** Told of each step when it is done. */
  readonly told: (step: DemoStep) => Promise<void>;
}

/**
 * The whole round against the embedded CircleCI: connect, sync, create, take, rotate, take, delete. It believes nothing
 * that Rondo says of itself: after each act the sandbox is asked which tokens exist, with which values and when they
 * were used, and that decides.
 * @throws AppError when an act fails; what was told before stands
 */
export async function runDemo({ ask, password, told }: DemoWorld): Promise<readonly ReadBack[]> {
  const { sandbox } = await ask('sandbox.start', { port: 0, faults: [] });
  await told({ name: 'sandbox', did: `started an embedded CircleCI on ${sandbox.url}`, answered: [] });
  await makeVault(ask, password);
  await told({
    name: 'vault',
    did: 'made a throw-away vault with a password that nobody knows, and opened it',
    answered: [],
  });

  const { account } = await ask('account.add', { host: sandbox.url, value: bytesOf(sandbox.personalToken) });
  await told({ name: 'connect', did: 'gave it a personal token', answered: [`it belongs to ${account.login}`] });
  const { sync } = await ask('sync.run', {});
  await told({ name: 'sync', did: 'read everything', answered: syncLines(sync, plainStyle) });

  const created = await createAndTake(ask, projectOf(sandbox));
  await told({
    name: 'create',
    did: `created the ${created.token.scope ?? ''} token "${created.token.label}" and took its value once (${tailText(created.token)})`,
    answered: [created.readBack.found],
  });

  const rotated = await rotateAndTake(ask, created.token);
  await told({
    name: 'rotate',
    did: `rotated it and took the new value once (${tailText(rotated.token)})`,
    answered: rotated.proofs.map(
      (proof) => `${proof.what}: ${proof.asked}: ${proof.answered}${proof.ok ? '' : ' (NOT OK)'}`,
    ),
  });

  const deleted = await deleteAnother(ask, [created.token.id, rotated.token.id]);
  await told({ name: 'delete', did: deleted.did, answered: [deleted.readBack.found] });
  return [created.readBack, ...rotated.readBacks, deleted.readBack];
}

async function makeVault(ask: Ask, password: () => Uint8Array): Promise<void> {
  const first = password();
  // The core overwrites what it is given.
  await ask('vault.create', { password: new Uint8Array(first) });
  await ask('vault.unlock', { password: first });
  first.fill(0);
}

function projectOf(sandbox: Sandbox): string {
  const [project] = sandbox.projects;
  if (project === undefined) throw new AppError('needs-attention', 'The sandbox has no project to create a token in.');
  return project;
}

async function createAndTake(
  ask: Ask,
  project: string,
): Promise<{ readonly token: Token; readonly readBack: ReadBack }> {
  const { token } = await ask('token.create-project', { project, scope: 'read-only', label: 'demo', keep: false });
  const same = await takeAndCompare(ask, token);
  const found = same
    ? 'the sandbox has it, with exactly the value that was taken'
    : 'the sandbox has no such token with the value that was taken';
  return { token, readBack: { what: 'created', ok: same, found } };
}

interface Rotated {
  readonly token: Token;
  readonly proofs: readonly Proof[];
  readonly readBacks: readonly ReadBack[];
}

async function rotateAndTake(ask: Ask, old: Token): Promise<Rotated> {
  const { rotations } = await ask('rotation.start', { ids: [old.id], keep: false, dryRun: false });
  const rotation = finished(rotations[0]);
  const { token } = await ask('token.show', { id: rotation.replacement });
  const proofs = rotation.receipt.proofs;
  const used = (await stateOf(ask, token))?.lastUsedAt !== undefined;
  const proved = proofs.length > 0 && proofs.every((proof) => proof.ok) && used;
  const oldGone = (await stateOf(ask, old)) === undefined;
  const taken = await takeAndCompare(ask, token);
  return {
    token,
    proofs,
    readBacks: [
      {
        what: 'proved',
        ok: proved,
        found: used ? 'the sandbox saw the new value in use' : 'the new value was never used',
      },
      {
        what: 'retired',
        ok: oldGone,
        found: oldGone ? 'the sandbox lacks the old token' : 'the old token still exists',
      },
      {
        what: 'taken',
        ok: taken,
        found: taken ? 'the new token has exactly the value that was taken' : 'the new token has another value',
      },
    ],
  };
}

/** @throws AppError needs-attention when the rotation did not come to its end */
function finished(rotation: Rotation | undefined): {
  readonly replacement: string;
  readonly receipt: NonNullable<Rotation['receipt']>;
} {
  const { replacement, receipt, state, error } = rotation ?? {};
  if (state === 'done' && replacement !== undefined && receipt !== undefined) return { replacement, receipt };
  throw new AppError('needs-attention', error?.message ?? `The rotation ended as ${state ?? 'nothing'}.`);
}

async function deleteAnother(
  ask: Ask,
  ours: readonly string[],
): Promise<{ readonly did: string; readonly readBack: ReadBack }> {
  const { tokens } = await ask('token.list', { kind: 'project', state: 'active' });
  const other = tokens.find((token) => !ours.includes(token.id) && token.remoteId !== undefined);
  if (other === undefined) {
    return {
      did: 'found no other token to delete',
      readBack: { what: 'deleted', ok: false, found: 'there was no other token' },
    };
  }
  const before = await stateOf(ask, other);
  await ask('token.delete', { ids: [other.id], confirm: 'DELETE' });
  const ok = before !== undefined && (await stateOf(ask, other)) === undefined;
  return {
    did: `deleted another token, "${other.label}" of ${other.project ?? 'the account'}`,
    readBack: { what: 'deleted', ok, found: ok ? 'the sandbox lacks it' : 'the sandbox did not lose it' },
  };
}

/** Takes the value as a person would, and asks the sandbox whether its token has that very value. */
async function takeAndCompare(ask: Ask, token: Token): Promise<boolean> {
  const { value } = await ask('token.take', { id: token.id });
  try {
    const there = await stateOf(ask, token);
    await ask('token.taken', { id: token.id });
    return there !== undefined && equalBytes(bytesOf(there.value), value);
  } finally {
    value.fill(0);
  }
}

async function stateOf(ask: Ask, token: Token): Promise<SandboxToken | undefined> {
  const { tokens } = await ask('sandbox.state', {});
  return tokens.find((there) => there.id === token.remoteId);
}

function tailText(token: Token): string {
  return token.tail === undefined ? 'its end is not known' : `it ends with …${token.tail}`;
}
