import type { SandboxVariant } from '../../shared/contract/sandbox.ts';

/** What disturbs an act while it runs. */
export interface How {
  /** Of the sandbox, in its own words; counted from the act's beginning. */
  readonly faults: readonly string[];
  /** At the point of this number that the core reports, it ends as if killed, or the vault is locked. */
  readonly end?: { readonly what: 'crash' | 'lock'; readonly at: number };
  /** When the request of this number arrives, a colleague makes a token of the same name first. */
  readonly meanwhile?: number;
  /** When the request of this number arrives, somebody signs the first account in with a token that it had before. */
  readonly signIn?: number;
}

/** At the point of this number somebody wants the job to rest, and thinks again before its steps have ended. */
export interface Rest {
  readonly what: 'pause' | 'stop';
  readonly at: number;
  readonly then?: readonly ('pause' | 'stop' | 'resume' | 'retry')[];
}

type Mode = 'overlap' | 'cut-over';

/** One step of a sequence, as it is written to a file of a regression. `pick` chooses among what there is, round robin. */
export type Act =
  | {
      readonly kind: 'create';
      readonly place: number;
      readonly label: number;
      readonly keep: boolean;
      readonly how: How;
    }
  | {
      readonly kind: 'rotate';
      readonly pick: number;
      /** As `rotation.start` has it. */
      readonly retire: 'now' | 'taken' | number;
      readonly keep: boolean;
      readonly how: How;
    }
  | { readonly kind: 'cut-over'; readonly pick: number; readonly keep: boolean; readonly how: How }
  | {
      readonly kind: 'guided';
      readonly pick: number;
      readonly mode: Mode;
      readonly retire: 'now' | 'taken' | number;
      readonly keep: boolean;
      readonly how: How;
    }
  /** What a guided rotation waits for: done on CircleCI's page and said, done and not said, or said and not done. */
  | { readonly kind: 'tell'; readonly pick: number; readonly way: 'truly' | 'unsaid' | 'wrongly'; readonly how: How }
  | { readonly kind: 'take'; readonly pick: number }
  | { readonly kind: 'delete'; readonly pick: number; readonly how: How }
  | { readonly kind: 'sync'; readonly how: How }
  | { readonly kind: 'resume'; readonly how: How }
  | { readonly kind: 'decide'; readonly pick: number; readonly abandon: boolean; readonly how: How }
  | {
      readonly kind: 'job';
      /** The tokens; none: whatever this machine held, as after an incident. */
      readonly picks: readonly number[];
      readonly mode: Mode;
      readonly retire: 'now' | 'taken';
      readonly keep: boolean;
      readonly rest?: Rest;
      readonly how: How;
    }
  /** A job that has something left; `again`: also what failed or needs attention. */
  | {
      readonly kind: 'go-on';
      readonly pick: number;
      readonly again: boolean;
      readonly rest?: Rest;
      readonly how: How;
    }
  | { readonly kind: 'account'; readonly does: 'removes'; readonly pick: number }
  /** Whoever has no account here is signed in with a token that they make for it. */
  | { readonly kind: 'account'; readonly does: 'adds'; readonly pick: number; readonly how: How }
  /** The same person again: with one that is made for it, or with one that they had for this before, whether or not it works. */
  | {
      readonly kind: 'account';
      readonly does: 'signs-in';
      readonly pick: number;
      readonly token: 'fresh' | 'known';
      readonly how: How;
    }
  | { readonly kind: 'clock'; readonly forwardMs: number }
  /** Of this machine: at CircleCI time goes on. */
  | { readonly kind: 'clock'; readonly backMs: number }
  | { readonly kind: 'lock' }
  /** `backup`: the machine is lost, and the vault comes back as one of its backups has it. */
  | { readonly kind: 'restart'; readonly from: 'vault' | 'backup'; readonly pick: number }
  | { readonly kind: 'weather'; readonly faults: readonly string[] }
  | { readonly kind: 'colleague'; readonly does: 'creates'; readonly place: number; readonly label: number }
  | { readonly kind: 'colleague'; readonly does: 'deletes'; readonly pick: number };

export const kinds = [
  'create',
  'rotate',
  'cut-over',
  'guided',
  'tell',
  'take',
  'delete',
  'sync',
  'resume',
  'decide',
  'job',
  'go-on',
  'account',
  'clock',
  'lock',
  'restart',
  'weather',
  'colleague',
] as const satisfies readonly Act['kind'][];

/** Kinds that are several things, and which of them an act is. */
export const ways = [
  'rotate, retire now',
  'rotate, retire when taken',
  'rotate, retire later',
  'guided, overlap',
  'guided, cut-over',
  'tell, truly',
  'tell, unsaid',
  'tell, wrongly',
  'job, overlap',
  'job, cut-over',
  'job, incident',
  'go-on, resume',
  'go-on, retry',
  'account, adds',
  'account, signs-in',
  'account, removes',
  'clock, forward',
  'clock, back',
  'restart, vault',
  'restart, backup',
  'colleague, creates',
  'colleague, deletes',
] as const;
export type Way = (typeof ways)[number];

export function wayOf(act: Act): Way | undefined {
  switch (act.kind) {
    case 'rotate':
      if (typeof act.retire === 'number') return 'rotate, retire later';
      return act.retire === 'now' ? 'rotate, retire now' : 'rotate, retire when taken';
    case 'guided':
      return `guided, ${act.mode}`;
    case 'tell':
      return `tell, ${act.way}`;
    case 'job':
      return act.picks.length === 0 ? 'job, incident' : `job, ${act.mode}`;
    case 'go-on':
      return act.again ? 'go-on, retry' : 'go-on, resume';
    case 'account':
      return `account, ${act.does}`;
    case 'clock':
      return 'backMs' in act ? 'clock, back' : 'clock, forward';
    case 'restart':
      return `restart, ${act.from}`;
    case 'colleague':
      return `colleague, ${act.does}`;
    default:
      return undefined;
  }
}

/** What kinds of CircleCI a sequence can play at. */
export const hosts = {
  cloud: [],
  server: ['server'],
  'an expiry is demanded': ['expiry-required'],
  'deletes by value': ['delete-by-value'],
  'server without personal routes': ['server', 'no-personal-routes'],
} as const satisfies Record<string, readonly SandboxVariant[]>;
export type HostKind = keyof typeof hosts;
export const hostKinds = [
  'cloud',
  'server',
  'an expiry is demanded',
  'deletes by value',
  'server without personal routes',
] as const satisfies readonly HostKind[];

/** Also those of the seed: a colleague and Rondo make tokens of the same name. */
export const labels = ['danger', 'deploy-bot', 'new'];
export const places = ['personal', 'gh/tidewater/web', 'gh/tidewater/api'];
