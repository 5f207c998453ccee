import type { Account, EarlierSignIn, SignInClient } from '../../shared/contract/account.ts';
import { printable } from '../../shared/labels.ts';
import type { Answer } from './command.ts';
import type { Context } from './context.ts';
import { shortId } from './output/short.ts';

/** What is asked for: a new account, or the account of this id again. */
type Wanted =
  | { readonly host: string; readonly name?: string; readonly caPem?: string }
  | { readonly id: string; readonly client: SignInClient };

/**
 * Signs in with the browser: says which page to open, and waits. Rondo opens no browser from here: over SSH or in a
 * container it would be the wrong one, or none.
 */
export async function signInByBrowser(context: Context, wanted: Wanted): Promise<Answer> {
  const ask = await context.openVault();
  const { signIn, url } =
    'host' in wanted ? await ask('account.sign-in-begin', wanted) : await ask('account.sign-in-again', wanted);
  const isCutOver = 'client' in wanted && wanted.client === 'same';
  if (isCutOver) await context.printer.warn(cutOver);
  // Without the address nothing can go on, so it comes with --quiet as well.
  await context.printer.instruct(
    `Open this page in a browser on this computer, and allow Rondo there:\n${printable(url)}\nWaiting for up to ten minutes. Ctrl+C cancels; nothing has changed yet.`,
  );
  const document = await ask('account.sign-in-end', { signIn });
  return { document, lines: () => linesOf(document) };
}

const cutOver =
  'this is a cut-over. As you allow it, CircleCI revokes the token that Rondo uses now; should the answer get lost, sign in again.';

function linesOf({ account, earlier }: { account: Account; earlier: EarlierSignIn }): string[] {
  const until = account.browserSignIn?.expiresAt;
  return [
    `Signed in to ${account.host} as ${printable(account.login)}: account ${shortId(account.id)}.`,
    ...(until === undefined ? [] : [`This sign-in lasts until ${until.slice(0, 10)}.`]),
    ...earlierLines[earlier],
    'Read its tokens: rondo sync',
  ];
}

const earlierLines: Readonly<Record<EarlierSignIn, readonly string[]>> = {
  none: [],
  revoked: ['The earlier sign-in is revoked: CircleCI refuses its token.'],
  left: [
    'The token of the earlier sign-in was not deleted and works until it expires. Delete it on CircleCI’s page of personal tokens.',
  ],
};
