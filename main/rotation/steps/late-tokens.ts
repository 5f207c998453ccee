import type { Proof } from '../../../shared/contract/rotation.ts';
import { proofAbout } from '../../../shared/proofs-of.ts';
import { isoInstant } from '../../platform/clock.ts';
import type { VaultTransaction } from '../../vault/vault.ts';
import type { ReadList } from '../ports.ts';
import type { StepContext } from './step.ts';

interface LateTokens {
  readonly proofs: readonly Proof[];
  readonly log: (transaction: VaultTransaction) => void;
}

/**
 * A create whose connection dropped may be carried out after the list was read and showed nothing of it. Whoever reads the
 * list later sees one token more, whose value nobody has. It may also be a teammate's, so it stays: the log and the receipt
 * name it, once.
 */
export function lateTokens({ world, record }: StepContext, list: ReadList | undefined): LateTokens {
  const { unfound, replacement, request } = record;
  const own = replacement === undefined ? undefined : world.tokens.get(world.session(), replacement);
  if (list === undefined || unfound === undefined || own === undefined) return { proofs: [], log: () => {} };
  const told = record.proofs.filter((proof) => proof.what === proofAbout.noOtherMade).map(({ answered }) => answered);
  const names = list.late({ request, unfound, own }).filter((name) => !told.some((answer) => answer.includes(name)));
  if (names.length === 0) return { proofs: [], log: () => {} };
  const named = names.join(', ');
  const where = record.place.kind === 'personal' ? 'personal' : record.place.slug;
  const proof = {
    what: proofAbout.noOtherMade,
    asked: `the list of ${where === 'personal' ? 'personal tokens' : where}`,
    answered: `it also has ${named}, perhaps of a create whose answer was lost: if nobody uses it, delete it`,
    at: isoInstant(world.clock.now()),
    ok: false,
  };
  const act = { action: 'token.creation-unclear', subject: record.token, outcome: 'failed' } as const;
  return {
    proofs: [proof],
    log: (transaction) => transaction.appendLog(world.witness({ ...act, detail: `${where}, listed later: ${named}` })),
  };
}
