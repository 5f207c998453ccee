import type { Keychain } from '../../shared/contract/window.ts';

type Absent = Extract<Keychain, { state: 'unavailable' }>['why'];

export const keychainText = {
  part: 'System keychain',
  partAbout:
    'Opens the vault without the password while you are signed in to this computer. Whoever can use your session can open it too.',
  unread: 'Whether the keychain opens the vault could not be found out',
  state: {
    off: 'Off. The password opens the vault.',
    on: 'On. The password opens it as well, and stays the only one that always does.',
    outdated:
      'What the keychain keeps does not open this vault any more: it has new keys, or an older copy stands in its place, or using it was stopped, and what it kept is still there. The password opens it.',
  },
  unavailable: {
    none: 'This system has no keychain that Rondo can use.',
    unprotected: 'No keychain of this desktop answers and protects the key, so Rondo uses none.',
    changed:
      'This desktop uses another keychain than the one that keeps the key. Stop using it, then turn it on again.',
  } satisfies Record<Absent, string>,
  /** On the unlock screen, where the keychain was turned on and cannot be used now. */
  usePassword: {
    none: 'This system has no keychain that Rondo can use now.',
    unprotected: 'No keychain of this desktop answers and protects the key, so Rondo uses none.',
    changed: 'This desktop uses another keychain than the one that keeps the key.',
  } satisfies Record<Absent, string>,
  turnOn: 'Unlock with the keychain',
  turnOnAgain: 'Set it up again',
  turnOff: 'Stop using it',
  title: { on: 'Unlock with the system keychain', off: 'Stop using the system keychain?' },
  about: {
    on: 'A key of its own is made for it. Your password is not kept anywhere.',
    off: 'Afterwards the password opens this vault, and the recovery code if you have one.',
  },
  password: 'Your password',
  show: 'Show the password',
  hide: 'Hide the password',
  cancel: 'Cancel',
  act: { on: 'Turn on', off: 'Stop using it' },
  asking: { on: 'Turning it on', off: 'Stopping it' },
  done: { on: 'The keychain opens this vault from now on.', off: 'The keychain does not open this vault any more.' },
  doneAbout: 'Your password is as it was.',
  unlock: 'Unlock with the keychain',
} as const;
