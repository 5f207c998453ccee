import type { RondoClient } from '../../shared/contract/contract.ts';
import { allowed, type Consent, consentTo } from './consent.ts';

/** The person's browser: opens the page, answers it, and goes where it is sent. Resolves to what it shows at the end. */
export async function answerInBrowser(url: string, consent: Consent = allowed): Promise<string> {
  const page = await fetch(await consentTo(url, consent));
  return page.text();
}

/** Signs in with the browser from the first call to the last, and answers what the last one says. */
export async function signInByBrowser(client: RondoClient, host: string, consent: Consent = allowed) {
  const begun = await client('account.sign-in-begin', { host });
  if (!begun.ok) return begun;
  const { signIn, url } = begun.value;
  await answerInBrowser(url, consent);
  return client('account.sign-in-end', { signIn });
}

/** The same for an account that is there. */
export async function signInAgain(
  client: RondoClient,
  wanted: { id: string; client: 'fresh' | 'same' },
  consent = allowed,
) {
  const begun = await client('account.sign-in-again', wanted);
  if (!begun.ok) return begun;
  const { signIn, url } = begun.value;
  await answerInBrowser(url, consent);
  return client('account.sign-in-end', { signIn });
}
