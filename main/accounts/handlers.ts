import type { RondoHandlers } from '../../shared/contract/contract.ts';
import { accountStore } from './account-store.ts';
import { type AccountsWorld, addAccount, removeAccount } from './accounts.ts';
import type { BrowserSignIns } from './browser-sign-in.ts';
import { addProjects, removeProject } from './projects.ts';
import { accountOf } from './sign-in.ts';
import { accountView, listAccounts, listProjects, projectView } from './views.ts';

type AccountChannels = Extract<keyof RondoHandlers, `account.${string}` | `project.${string}`>;

export function accountHandlers(world: AccountsWorld, signIns: BrowserSignIns): Pick<RondoHandlers, AccountChannels> {
  const { session, witness } = world;
  return {
    'account.add': async (input) => ({ account: accountView(await addAccount(world, input)) }),
    'account.sign-in-begin': (wanted) => signIns.begin(wanted),
    'account.sign-in-again': ({ id, client }) => signIns.again(accountOf(session(), id), client),
    'account.sign-in-address': ({ signIn }) => ({ url: signIns.address(signIn) }),
    'account.sign-in-end': async ({ signIn }) => {
      const { account, earlier } = await signIns.end(signIn);
      return { account: accountView(account), earlier };
    },
    'account.sign-in-cancel': ({ signIn }) => {
      signIns.cancel(signIn);
      return {};
    },
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
