import type { TokenKind } from '../../shared/contract/token.ts';
import type { Lacking, Verb } from '../state/waits.ts';
import { count, listed } from './count.ts';
import { kindNames } from './tokens.ts';

export type When = 'taken' | 'now' | 'later' | 'leaked';

const hourMs = 3_600_000;

/** How long the old one may go on working, as people say it. */
export const delays = ['hour', 'day', 'week'] as const;
export type Delay = (typeof delays)[number];
export const delaysMs: Readonly<Record<Delay, number>> = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs };
export const delayWords: Readonly<Record<Delay, string>> = { hour: '1 hour', day: '1 day', week: '1 week' };

export const planText = {
  title: (label: string) => `Rotate ${label}?`,
  titleMany: (amount: number) => `Rotate ${count(amount, 'token')}?`,
  when: 'When the old token goes',
  options: {
    taken: { name: 'When taken', about: 'After you have taken the new value and put it in place. No outage.' },
    now: {
      name: 'At once',
      about: 'As soon as the new one is proved.',
      risk: 'Whatever uses the old one is down until you put the new value in place.',
    },
  },
  later: {
    name: 'After a time',
    about: 'Once the new one has been there for that long. Both work until then.',
    risk: 'Whatever still uses the old one then stops working.',
  },
  delay: 'Old one works for',
  leaked: {
    name: 'It leaked',
    about: 'The old one goes first, then the new one is made.',
    risk: 'Nothing works in between, and until you put the new value in place.',
  },
  label: 'Label of the new one',
  keep: 'Keep the new value in the vault, so that Rondo can check it later',
  guided: 'I do it by hand at CircleCI',
  guidedAbout: 'Rondo opens its pages and checks what you did.',
  chosenByItself: 'You do it by hand on its page, which Rondo opens; it checks what you paste.',
  handedOver: 'So you delete the old one on its page when it is time. Rondo opens that and looks whether it is gone.',
  cancel: 'Cancel',
  rotate: 'Rotate',
  rotateMany: (amount: number) => `Rotate ${amount}`,
  journal: 'Each step is written down before it is done.',
  gone: (amount: number) =>
    amount === 1
      ? 'This token cannot be rotated any more: it is gone, deleted, or a rotation of it is open.'
      : 'None of these can be rotated any more: gone, deleted, or a rotation is open.',
  skipped: (amount: number) =>
    `${count(amount, 'token')} of the choice cannot be rotated: gone, deleted, or a rotation is open.`,
} as const;

export interface PlanLine {
  readonly words: string;
  /** Something stops working. */
  readonly isDeadly: boolean;
}

/** Which of the two acts the person does on CircleCI's page. */
export interface ByHand {
  readonly create: boolean;
  readonly delete: boolean;
}

export interface Planned {
  readonly when: When;
  readonly delay: Delay;
  /** Where it is not to be the old one's. */
  readonly label?: string | undefined;
  readonly byHand: ByHand;
  /** Nothing works with the old one any more. */
  readonly isExpired?: boolean;
}

/** What will happen, in its order. */
export function planLines({ when, delay, label, byHand, isExpired }: Planned): readonly PlanLine[] {
  const named = label === undefined ? 'with the same label and rights' : 'with the new label and the same rights';
  const quiet = [
    byHand.create
      ? `You create a token ${named} on CircleCI's page, and paste its value here.`
      : `A new token ${named} is created.`,
    'It is proved: CircleCI must answer to it as the same identity.',
    'Its value stays sealed here until you take it.',
  ].map((words) => ({ words, isDeadly: false }));
  const retire = isExpired && when === 'taken' ? retiringExpired(byHand.delete) : retiring(when, delay, byHand.delete);
  return when === 'leaked' ? [retire, ...quiet] : [...quiet, retire];
}

function retiringExpired(byHand: boolean): PlanLine {
  const words = byHand
    ? "The old token has expired. When you have taken the new value, you delete it on CircleCI's page, and it is proved gone."
    : 'The old token has expired. When you have taken the new value, it is deleted and proved gone.';
  return { words, isDeadly: false };
}

function retiring(when: When, delay: Delay, byHand: boolean): PlanLine {
  switch (when) {
    case 'taken':
      return {
        words: byHand
          ? "The old token works until you have taken the new value. Then you delete it on CircleCI's page, and it is proved gone."
          : 'The old token works until you have taken the new value, and is then deleted and proved gone.',
        isDeadly: false,
      };
    case 'now':
      return {
        words: byHand
          ? "You delete the old token on CircleCI's page, and it is proved gone. Whatever still uses it stops working."
          : 'The old token is deleted at once and proved gone. Whatever still uses it stops working.',
        isDeadly: true,
      };
    case 'later':
      return {
        words: byHand
          ? `The old token works for ${delayWords[delay]} more. Then you delete it on CircleCI's page, and it is proved gone.`
          : `The old token works for ${delayWords[delay]} more. Then, or at the first unlock after that, it is deleted and proved gone.`,
        isDeadly: false,
      };
    case 'leaked':
      return {
        words: byHand
          ? "You delete the old token on CircleCI's page first, and it is proved gone. Whatever uses it stops working."
          : 'The old token is deleted at once and proved gone. Whatever uses it stops working.',
        isDeadly: true,
      };
  }
}

/** Why something is done by hand that nobody chose; undefined: nothing has to be. */
export function whyByHand(account: string, kind: TokenKind, { absent, isRefused }: Lacking): string | undefined {
  const what = (verbs: readonly Verb[]) => `${listed(verbs)} ${kindNames[kind]}s`;
  const sentences = [
    ...(absent.length === 0 ? [] : [`${account} has no route to ${what(absent)}.`]),
    ...(isRefused ? [`As ${account}, Rondo was refused there when it last tried to create a ${kindNames[kind]}.`] : []),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}
