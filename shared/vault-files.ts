// Names of the vault's files, for the page as well: so nothing here imports anything.

/** The vault's file within its folder: also whoever may not open it can tell whether there is one. */
export const vaultFileName = 'vault.rondo';

/** Beside it: the vault's own backups. */
export const backupsFolderName = `${vaultFileName}.backups`;

/** Beside it: the key of its keychain slot, as the system's keychain encrypted it. */
export const keychainFileName = 'vault.rondo.keychain';

/** Beside it: the last sequence number that was seen. */
export const markFileName = `${vaultFileName}.mark`;
