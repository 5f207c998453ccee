import type { VerifyReport } from '../../shared/contract/vault.ts';
import { readChain } from './audit-chain.ts';
import { damagedSecrets } from './check-state.ts';
import { type Finding, finding } from './findings.ts';
import { checkHeaderFile, chooseHeader } from './header-copies.ts';
import { plainHash } from './keys.ts';
import { readLog } from './read-log.ts';
import { type Reading, readState } from './read-state.ts';

/**
 * Reads the whole vault anew and opens everything in it. The caller holds a read transaction. `headerPath`: of the
 * header's copy in a file of its own, which a backup has not.
 */
export function verifyVault(reading: Reading, headerPath: string | undefined): VerifyReport {
  const { keys, statements } = reading;
  const hash = plainHash(keys.arena);
  const chosen = chooseHeader(statements, headerPath, hash);
  const state = readState({ ...reading, headerHash: chosen.hash });
  const chain = readChain(keys, readLog(statements), state.manifest);
  const findings = [
    ...chosen.findings,
    ...(headerPath === undefined ? [] : checkHeaderFile(headerPath, chosen, hash)),
    ...state.findings,
    ...unnamed(state.findings, [
      ...damagedSecrets(reading),
      ...chain.broken.map((number) => finding('rows', 'log', `log ${number}`, 'is missing, changed or out of order')),
    ]),
    ...structure(reading),
  ];
  return { ok: findings.length === 0, records: state.index.recordCount, damaged: distinct(findings) };
}

function structure({ statements }: Reading): Finding[] {
  return statements.integrity.get() === 'ok'
    ? []
    : [finding('sqlite', 'file', 'vault.rondo', "the database's own structure is damaged")];
}

/** Of the parts that were opened one by one: of a part that has its reason already, no second. */
function unnamed(known: readonly Finding[], found: readonly Finding[]): Finding[] {
  const names = new Set(known.map(({ damage }) => `${damage.kind} ${damage.id}`));
  return found.filter(({ damage }) => !names.has(`${damage.kind} ${damage.id}`));
}

/** Several checks may notice the same damage. What is wrong in two ways, as a manifest can be, is named with both. */
function distinct(findings: readonly Finding[]) {
  const known = new Map(findings.map(({ damage }) => [`${damage.kind} ${damage.id} ${damage.reason}`, damage]));
  return [...known.values()];
}
