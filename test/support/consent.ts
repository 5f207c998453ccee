/** What a person does in the browser that a program opened: looks at the page of consent, and answers it. */
export interface Consent {
  readonly decision: 'allow' | 'deny';
  readonly access?: 'read' | 'write' | 'admin';
  /** Slugs of the organizations with single sign-on that are ticked. */
  readonly sso?: readonly string[];
}

export const allowed: Consent = { decision: 'allow', access: 'admin' };

/** Where the browser is sent after the answer; it does not go there yet. */
export async function consentTo(address: string, { decision, access = 'read', sso = [] }: Consent): Promise<string> {
  const page = await fetch(address);
  const html = await page.text();
  if (page.status !== 200) throw new Error(`there is no page of consent: ${page.status} ${html}`);
  const action = new URL(/<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '', address);
  const request = /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const form = new URLSearchParams({ request, access, decision });
  for (const organization of sso) form.append('sso', organization);
  const answer = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`consent was not taken: ${answer.status} ${await answer.text()}`);
  return location;
}
