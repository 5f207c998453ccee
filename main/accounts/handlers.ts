import type { RondoHandlers } from '../../shared/contract/contract.ts';
import { accountStore } from './account-store.ts';
import { type AccountsWorld, addAccount, removeAccount } from './accounts.ts';
import { addProjects, removeProject } from './projects.ts';
import { accountOf } from './sign-in.ts';
import { accountView, listAccounts, listProjects, projectView } from './views.ts';

type AccountChannels =
  | 'account.add'
  | 'account.list'
  | 'account.remove'
  | 'project.add'
  | 'project.list'
  | 'project.remove';

export function accountHandlers(world: AccountsWorld): Pick<RondoHandlers, AccountChannels> {
  const { session, witness } = world;
  return {
    'account.add': async (input) => ({ account: accountView(await addAccount(world, input)) }),
    'account.list': () => ({ accounts: listAccounts(session()) }),
    'account.remove': ({ id }) => ({ account: accountView(removeAccount(world, accountOf(session(), id))) }),
    'project.add': ({ slugs, account }) => ({
      projects: addProjects(session(), witness, { account: accountOf(session(), account), slugs }).map(projectView),
    }),
    'project.list': () => ({ projects: listProjects(session()) }),
    'project.remove': ({ slug, account }) => {
      const which = account === undefined ? {} : { account: accountStore.resolve(session(), account).id };
      return { projects: [projectView(removeProject(session(), witness, { ...which, slug }))] };
    },
  };
}
