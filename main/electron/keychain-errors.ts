import { AppError } from '../app-error.ts';

export const usePassword = { hint: 'Use your password. It opens the vault as before.' };

const turnOffAndOn = { hint: 'Use your password. Then turn the keychain off and on again in the settings.' };

export const notHere = {
  none: () =>
    new AppError(
      'unsupported',
      'This system has no keychain that Rondo can use now. Nothing was changed, and nothing is lost.',
      usePassword,
    ),
  unprotected: () =>
    new AppError(
      'unsupported',
      'No keychain of this desktop answers and protects the key, so Rondo uses none. Nothing was changed.',
      usePassword,
    ),
} as const;

export const notRemembered = () =>
  new AppError('unsupported', "The vault's key is not in the system's keychain. Nothing is lost.", usePassword);

export const damaged = () =>
  new AppError(
    'unsupported',
    'What the keychain encrypted is damaged, or an older Rondo wrote it. Nothing is lost.',
    turnOffAndOn,
  );

export const changed = (keptBy: string, now: string) =>
  new AppError(
    'unsupported',
    `The keychain ${keptBy} keeps the vault's key, but here it is ${now} now. Nothing is lost.`,
    turnOffAndOn,
  );

export const notGiven = (cause: unknown) =>
  new AppError(
    'unsupported',
    "The system's keychain does not give the vault's key back: it was reset, or belongs to another user. Nothing is lost.",
    { ...turnOffAndOn, cause },
  );

export const notTaken = (cause?: unknown) =>
  new AppError('storage', "The system's keychain did not take the key. Nothing is lost.", { ...usePassword, cause });

export const outdated = () =>
  new AppError(
    'unsupported',
    "What the system's keychain keeps does not open this vault any more: its keys were changed, or it is another vault.",
    turnOffAndOn,
  );
