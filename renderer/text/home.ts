import { count, figure, spelled } from './count.ts';
import { longDay } from './dates.ts';

export const homeText = {
  headline: (need: number, waiting: number) =>
    need > 0
      ? `${spelled(need)} ${need === 1 ? 'token needs' : 'tokens need'} you today`
      : waiting > 0
        ? `${spelled(waiting)} ${waiting === 1 ? 'rotation waits' : 'rotations wait'} for you`
        : 'Nothing needs you today',
  after: (label: string, dueAt: string) => `Nothing else is urgent. Next after these: ${label}, ${longDay(dueAt)}.`,
  nothingElse: 'Nothing else is urgent.',
  next: (tokens: number, label: string, dueAt: string) =>
    `All ${figure(tokens)} are on course. The next one is ${label}, due on ${longDay(dueAt)}.`,
  noNext: (tokens: number) => `All ${figure(tokens)} are on course. None of them has a date to be replaced by.`,
  dials: { leaked: 'leaked', expired: 'expired', over: 'over policy', due: 'due in 30 days', tokens: 'tokens' },
  needYou: 'Needs you',
  more: (tokens: number) => `and ${figure(tokens)} more`,
  runway: 'Runway',
  emptyRunway: (needing: number) => `No ${needing === 0 ? '' : 'other '}token has a due date.`,
  legend: { lived: 'lived', expires: 'expires', policy: 'policy', rotated: 'rotated' },
  all: (tokens: number) => `All ${figure(tokens)}`,
  rotate: 'Rotate',
  rotateLabel: (label: string) => `Rotate ${label}`,
  sealed: (amount: number) => `${figure(amount)} ${amount === 1 ? 'value is' : 'values are'} still sealed.`,
  sealedAbout: (amount: number) =>
    `Nobody has taken ${amount === 1 ? 'it' : 'them'} yet. ${amount === 1 ? 'It is' : 'They are'} safe here.`,
  showSealed: 'Show sealed ones',
  ages: 'Age and due dates',
  agesAbout: (each: number) =>
    `One bar is ${each === 1 ? 'one token' : `${figure(each)} tokens`}. Left of today: how old it is. Right of today: when it is due.`,
  agesLabel: (median: number) => `Ages and due dates of all tokens, month by month. The median age is ${median} days.`,
  median: 'median age',
  endless: 'never expire by themselves',
  days: (days: number) => `${figure(days)} d`,
  age: (days: number) => `${count(days, 'day')} old`,
} as const;
