// Which copy of the header holds. The two in the database decide; of two good ones that differ, the higher counter. The
// file is read only when both fail, for it may be older, and an older header would still open with an older password; or
// when the two name different vaults: then it says which of them is this one's.
import { readStart } from '../platform/files.ts';
import { type Finding, finding } from './findings.ts';
import { type Hash, type Header, maxHeaderBytes, parseHeader } from './header.ts';
import { readCell } from './read-state.ts';
import type { Cell, Statements } from './statements.ts';
import { vaultDamaged } from './vault-errors.ts';

export interface ChosenHeader {
  readonly header: Header;
  readonly encoded: Uint8Array;
  readonly hash: Uint8Array;
  /** Copies in the database that are not what they should be. They hinder nothing. */
  readonly findings: readonly Finding[];
}

interface Copy {
  readonly name: string;
  readonly header: Header | undefined;
  readonly encoded: Uint8Array;
}

/** @throws AppError vault-damaged (header) when no copy is good */
export function chooseHeader(statements: Statements, headerPath: string | undefined, hash: Hash): ChosenHeader {
  const inDatabase = [
    parseCopy(
      'header_a',
      readCell(() => statements.headerA.get()),
      hash,
    ),
    parseCopy(
      'header_b',
      readCell(() => statements.headerB.get()),
      hash,
    ),
  ];
  const inFile = () => (headerPath === undefined ? [] : [parseFile(headerPath, hash)]).find(isGood);
  const good = inDatabase.filter(isGood).sort((a, b) => b.header.counter - a.header.counter);
  const chosen = isOfOneVault(good) ? (good[0] ?? inFile()) : ofVault(good, inFile()?.header.vaultId);
  if (chosen === undefined) throw vaultDamaged('header');
  const findings = inDatabase.flatMap((copy) => copyFinding(copy, chosen));
  return { header: chosen.header, encoded: chosen.encoded, hash: hash(chosen.encoded), findings };
}

/** What is wrong with the copy in the file, which an unlock does not look at. */
export function checkHeaderFile(headerPath: string, chosen: ChosenHeader, hash: Hash): readonly Finding[] {
  return copyFinding(parseFile(headerPath, hash), chosen);
}

function parseFile(headerPath: string, hash: Hash): Copy {
  return parseCopy('vault.rondo.header', readStart(headerPath, maxHeaderBytes), hash);
}

function parseCopy(name: string, cell: Cell, hash: Hash): Copy {
  const encoded = cell instanceof Uint8Array ? cell : new Uint8Array(0);
  return { name, encoded, header: parseHeader(encoded, hash) };
}

type GoodCopy = Copy & { readonly header: Header };

function isGood(copy: Copy): copy is GoodCopy {
  return copy.header !== undefined;
}

function isOfOneVault([first, second]: readonly GoodCopy[]): boolean {
  return !first || !second || Buffer.compare(first.header.vaultId, second.header.vaultId) === 0;
}

/** The first where none is of that vault. */
function ofVault(copies: readonly GoodCopy[], vaultId: Uint8Array | undefined): GoodCopy | undefined {
  return copies.find(({ header }) => vaultId && Buffer.compare(header.vaultId, vaultId) === 0) ?? copies[0];
}

/**
 * Of the same vault, and not what stands in it: what a change of the slots, or a restore, left that stopped before its last
 * step.
 */
export function differsInFile(headerPath: string, { header, encoded }: ChosenHeader, hash: Hash): boolean {
  const inFile = parseFile(headerPath, hash);
  if (inFile.header === undefined || Buffer.compare(inFile.header.vaultId, header.vaultId) !== 0) return false;
  return Buffer.compare(inFile.encoded, encoded) !== 0;
}

function copyFinding(copy: Copy, chosen: { readonly encoded: Uint8Array }): Finding[] {
  if (copy.header === undefined) return [finding('header', 'header', copy.name, 'is damaged')];
  const same = Buffer.compare(copy.encoded, chosen.encoded) === 0;
  return same ? [] : [finding('header', 'header', copy.name, 'differs from the newest copy')];
}
