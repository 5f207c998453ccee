/** What opens the vault besides the recovery code. */
export type Besides = 'password-only' | 'keychain-too';

export const recoveryText = {
  part: 'Recovery code',
  partAbout:
    'Opens the vault when the password is lost. On paper, where you keep other papers, it is safe from this computer.',
  unread: 'Rondo could not read whether there is one',
  none: {
    'password-only': 'There is none: without the password nothing opens this vault.',
    'keychain-too':
      'There is none: without the password only the system keychain opens this vault, for as long as it keeps the key.',
  } satisfies Record<Besides, string>,
  there: 'There is one. It is kept nowhere, and cannot be shown again.',
  make: 'Make a recovery code',
  again: 'Make a new one',
  remove: 'Remove it',
  removeLabel: 'Remove the recovery code',
  title: { make: 'Make a recovery code', remove: 'Remove the recovery code?' },
  about: {
    make: 'It is shown once. A code that was made before opens nothing any more.',
    remove: {
      'password-only':
        'Afterwards only the password opens this vault. Copies of it that were made before still open with the code.',
      'keychain-too':
        'Afterwards the password opens this vault, and the system keychain where it keeps the key. Copies of it that were made before still open with the code.',
    } satisfies Record<Besides, string>,
  },
  password: 'Your password',
  show: 'Show the password',
  hide: 'Hide the password',
  cancel: 'Cancel',
  asking: { make: 'Making it', remove: 'Removing it' },
  code: 'The recovery code',
  shownTitle: 'Your recovery code',
  shownAbout: 'Write it down or print it now: it is kept nowhere.',
  paper: 'Rondo recovery code. Whoever has it and the vault has every token in it.',
  print: 'Print',
  done: 'I have it on paper',
  removed: 'The recovery code is removed.',
  removedAbout: {
    'password-only': 'Only the password opens this vault now.',
    'keychain-too': 'The password opens this vault now, and the system keychain where it keeps the key.',
  } satisfies Record<Besides, string>,
} as const;
