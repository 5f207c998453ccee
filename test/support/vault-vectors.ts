import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../build/bundle.mjs';
import type { BlobKind } from '../../main/vault/blob.ts';
import type { SlotType } from '../../main/vault/header.ts';
import type { LogEntry } from '../../main/vault/vault.ts';

/** Bytes stand as hex. */
interface Vectors {
  readonly 'key-derivation': {
    readonly password: string;
    readonly normalised: string;
    readonly salt: string;
    readonly operations: number;
    readonly memoryBytes: number;
    readonly derived: string;
    readonly vaultId: string;
    readonly slotId: number;
    readonly parameters: string;
    readonly slotKey: string;
    readonly keyCheck: string;
    readonly nonce: string;
    readonly vaultKey: string;
    readonly wrappedKey: string;
    readonly subkeys: Readonly<
      Record<
        'meta' | 'secret' | 'journal' | 'manifest' | 'log' | 'set-hash' | 'fingerprint' | 'export' | 'mark',
        string
      >
    >;
  };
  readonly header: {
    readonly vaultId: string;
    readonly epoch: number;
    readonly counter: number;
    readonly slots: readonly {
      readonly id: number;
      readonly type: SlotType;
      readonly parameters: string;
      readonly keyCheck: string;
      readonly nonce: string;
      readonly wrappedKey: string;
    }[];
    readonly encoded: string;
    readonly hash: string;
  };
  readonly blob: VaultOf & {
    readonly cases: readonly {
      readonly kind: BlobKind;
      readonly rowId: string;
      readonly sequence: number;
      readonly nonce: string;
      readonly content: string;
      readonly blob: string;
    }[];
  };
  readonly 'set-hash': VaultOf & {
    readonly rows: readonly {
      readonly table: 'record' | 'journal';
      readonly rowId: string;
      readonly blobs: readonly string[];
      readonly element: string;
    }[];
    readonly setHash: string;
  };
  readonly 'log-chain': VaultOf & {
    readonly entries: readonly {
      readonly number: number;
      readonly sequence: number;
      readonly nonce: string;
      readonly entry: LogEntry;
      readonly previous: string;
      readonly hash: string;
      readonly blob: string;
    }[];
  };
  /** One record's meta, under the keys of `key-derivation`: with that, every stage from the password to the text. */
  readonly 'worked-blob': {
    readonly kind: 'meta';
    readonly epoch: number;
    readonly rowId: string;
    readonly sequence: number;
    readonly nonce: string;
    readonly json: string;
    readonly plaintext: string;
    readonly associated: string;
    readonly ciphertext: string;
    readonly blob: string;
  };
  readonly export: {
    readonly password: string;
    readonly salt: string;
    readonly operations: number;
    readonly memoryBytes: number;
    readonly derived: string;
    readonly streamHeader: string;
    readonly basis: string;
    readonly keyCheck: string;
    readonly streamKey: string;
    readonly header: string;
    readonly content: string;
    readonly associated: string;
    readonly file: string;
  };
  readonly manifest: VaultOf & {
    readonly sequence: number;
    readonly nonce: string;
    readonly manifest: {
      readonly recordCount: number;
      readonly journalCount: number;
      readonly setHash: string;
      readonly logCount: number;
      readonly logHead: string;
      readonly headerHash: string;
    };
    readonly content: string;
    readonly blob: string;
  };
  /** Without `latest`: as an earlier Rondo wrote it. */
  readonly mark: VaultOf & {
    readonly cases: readonly {
      readonly sequence: number;
      readonly latest?: number;
      readonly nonce: string;
      readonly content: string;
      readonly blob: string;
    }[];
  };
}

interface VaultOf {
  readonly vaultId: string;
  readonly epoch: number;
  readonly vaultKey: string;
}

export function readVector<Name extends keyof Vectors>(name: Name): Vectors[Name] {
  const vector: Vectors[Name] = JSON.parse(readFileSync(join(root, `test/vectors/${name}.json`), 'utf8'));
  return vector;
}
