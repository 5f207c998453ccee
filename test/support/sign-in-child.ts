// A real process that signs in with the browser, and can be cut off at one of its own points:
// node sign-in-child.mjs VAULT_DIR HOST WAY KILL_AT
// WAY is `first`, or for the only account that is there `fresh` or `same`, after its client. The process is the person's
// browser as well. KILL_AT and what is printed: core-cut-off.ts; -1: never.
import { signInAgain, signInByBrowser } from './browser.ts';
import { coreCutOff } from './core-cut-off.ts';
import { expectOk } from './core-pieces.ts';

const [vaultDir = '', host = '', way = 'first', killAt = '-1'] = process.argv.slice(2);
const { client, run } = coreCutOff({ vaultDir, killAt });

async function signedIn() {
  if (way === 'first') return signInByBrowser(client, host);
  const [account] = expectOk(await client('account.list', {})).accounts;
  return signInAgain(client, { id: account?.id ?? '', client: way === 'same' ? 'same' : 'fresh' });
}

await run(async () => {
  const answer = await signedIn();
  return answer.ok ? answer.value.earlier : answer.error.code;
});
