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
  valueAgain: 'This window has forgotten it: paste it again to try once more.',
  /** To somebody who is elsewhere by then. */
  waitsAsBefore: (label: string, hadValue: boolean) =>
    hadValue
      ? `The rotation of ${label} waits as before. This window has forgotten the value: paste it there again.`
      : `The rotation of ${label} waits as before.`,
} as const;
