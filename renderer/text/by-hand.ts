import type { ByHandAct } from '../../shared/contract/rotation.ts';

/** A step that a person does on CircleCI's page: the line on what to do comes from the core. */
export const byHandText = {
  value: "The new token's value",
  valueAbout: 'Paste it here. It is checked with CircleCI before anything goes on.',
  showValue: 'Show the value',
  hideValue: 'Hide the value',
  check: 'Check it and go on',
  asking: 'Asking CircleCI',
  confirms: {
    delete: 'I have deleted the old one',
    authorize: 'I have authorized it',
  } satisfies Partial<Record<ByHandAct, string>>,
  /** Rondo has deleted it, and nothing proves that. */
  isGone: 'The old one is gone',
  failed: (message: string, hint: string | undefined) => (hint === undefined ? message : `${message} ${hint}`),
} as const;
