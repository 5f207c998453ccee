import type { Failure } from '../../shared/contract/result.ts';
import type { Token } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import type { Tools } from './tools.ts';

export interface WantedHost {
  readonly host: string;
  /** Its own certificate authority, where it has one. */
  readonly caPem?: string;
}

export interface AccountsSlice {
  /** The value is overwritten here, whatever CircleCI answers. */
  accountPasted(host: WantedHost, value: Uint8Array): Promise<Failure | undefined>;
  sandboxOpened(): Promise<Failure | undefined>;
  accountRemoved(id: Id): Promise<Failure | undefined>;
  projectsAdded(slugs: readonly string[], account: Id): Promise<Failure | undefined>;
  projectRemoved(slug: string, account: Id): Promise<Failure | undefined>;
  /** The page of CircleCI where a person does what concerns this token. */
  pageAsked(token: Pick<Token, 'account' | 'project'>): Promise<Failure | undefined>;
}

export function createAccountsSlice({ api, get }: Tools): AccountsSlice {
  const connect = async (account: WantedHost & { name?: string }, value: Uint8Array): Promise<Failure | undefined> => {
    try {
      const added = await api.call('account.add', { ...account, value });
      if (!added.ok) return added.error;
      await get().inventoryAsked();
      await get().syncNeeded();
      await get().inventoryAsked();
      return undefined;
    } finally {
      value.fill(0);
    }
  };
  /** Whatever an act changed is read again, so that a screen never waits for an announcement. */
  const afterwards = async (failure: Failure | undefined): Promise<Failure | undefined> => {
    if (failure === undefined) await get().inventoryAsked();
    return failure;
  };

  return {
    accountPasted: connect,

    async sandboxOpened() {
      const started = await api.call('sandbox.start', { port: 0, faults: [] });
      if (!started.ok) return started.error;
      const { url, personalToken } = started.value.sandbox;
      // It opens nothing but the sandbox itself, and the contract says that it may be shown: a string is fine here.
      return connect({ host: url, name: 'Sandbox' }, new TextEncoder().encode(personalToken));
    },

    async accountRemoved(id) {
      const answer = await api.call('account.remove', { id });
      return afterwards(answer.ok ? undefined : answer.error);
    },

    async projectsAdded(slugs, account) {
      const answer = await api.call('project.add', { slugs: [...slugs], account });
      if (!answer.ok) return answer.error;
      await get().syncNeeded();
      return afterwards(undefined);
    },

    async projectRemoved(slug, account) {
      const answer = await api.call('project.remove', { slug, account });
      return afterwards(answer.ok ? undefined : answer.error);
    },

    async pageAsked({ account, project }) {
      const answer = await api.call(
        'page.open',
        project === undefined ? { page: 'personal-tokens', account } : { page: 'project-tokens', account, project },
      );
      return answer.ok ? undefined : answer.error;
    },
  };
}
