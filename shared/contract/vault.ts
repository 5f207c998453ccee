import { z } from 'zod';
import { call, instant, nothing, secretBytes } from './kit.ts';

const newPassword = secretBytes.refine((bytes) => bytes.length > 0, { error: 'is empty' });

export const createdVault = z.strictObject({ path: z.string(), createdAt: instant, format: z.int() });
export type CreatedVault = z.output<typeof createdVault>;

/** The vault's file within its folder: also whoever may not open it can tell whether there is one. */
export const vaultFileName = 'vault.rondo';

export const vaultStatus = z.strictObject({
  path: z.string(),
  exists: z.boolean(),
  format: z.int().exactOptional(),
  locked: z.boolean(),
});
export type VaultStatus = z.output<typeof vaultStatus>;

/** Something in the vault's file that could not be read. It stays where it is; everything else goes on. */
export const damage = z.strictObject({
  /** The row's id where it has one, else the place: `header_a`, `manifest`, `log 17`. */
  id: z.string(),
  kind: z.enum(['header', 'record', 'journal', 'manifest', 'log', 'file']),
  reason: z.string(),
});
export type Damage = z.output<typeof damage>;

export const verifyReport = z.strictObject({ ok: z.boolean(), records: z.int(), damaged: z.array(damage) });
export type VerifyReport = z.output<typeof verifyReport>;

export const vaultCalls = {
  'vault.create': call(z.strictObject({ password: newPassword }), z.strictObject({ vault: createdVault })),
  'vault.status': call(nothing, z.strictObject({ vault: vaultStatus })),
  'vault.unlock': call(
    z.strictObject({ password: secretBytes }),
    z.strictObject({ vault: vaultStatus, damaged: z.array(damage) }),
  ),
  'vault.change-password': call(
    z.strictObject({ password: secretBytes, newPassword }),
    z.strictObject({ vault: vaultStatus }),
  ),
  'vault.lock': call(nothing, z.strictObject({ vault: vaultStatus })),
  'vault.verify': call(nothing, verifyReport),
} as const;
