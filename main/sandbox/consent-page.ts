import type { Answer } from './answer.ts';
import type { User } from './world.ts';

/** The page on which a person allows a program to act for them, and how far. Works without scripts. */
export function consentPage(asked: {
  /** Which request the answer belongs to. */
  readonly name: string;
  readonly client: string;
  readonly user: User;
  /** Slugs of the organizations with single sign-on. */
  readonly sso: readonly string[];
}): Answer {
  const { name, client, user } = asked;
  const levels = [
    ['read', 'Read: sees what you can see'],
    ['write', 'Write: also changes what you can change'],
    ['admin', 'Admin: everything that you can do'],
  ].map(([value, text], index) => choice('radio', 'access', { value, text, checked: index === 0 }));
  const sso = asked.sso
    .filter((slug) => user.memberOf.has(slug))
    .map((slug) => choice('checkbox', 'sso', { value: slug, text: `Authorize ${slug}`, checked: false }));
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Authorize ${escaped(client)} - CircleCI sandbox</title>
<style>body{font:16px/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}fieldset{margin:1rem 0}label{display:block}button{font:inherit;padding:.3rem 1rem;margin-right:.5rem}</style>
</head><body><main><h1>Authorize ${escaped(client)}</h1>
<p>This is the embedded CircleCI of Rondo. You are signed in as ${escaped(user.login)}.</p>
<form method="post" action="/oauth/authorize"><input type="hidden" name="request" value="${escaped(name)}">
<fieldset><legend>Access</legend>${levels.join('')}</fieldset>
${sso.length === 0 ? '' : `<fieldset><legend>Organizations with single sign-on</legend>${sso.join('')}</fieldset>`}
<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button>
</form></main></body></html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  };
  return { status: 200, headers, body };
}

function choice(
  type: 'radio' | 'checkbox',
  name: string,
  { value = '', text = '', checked }: { value: string | undefined; text: string | undefined; checked: boolean },
): string {
  const mark = checked ? ' checked' : '';
  return `<label><input type="${type}" name="${name}" value="${escaped(value)}"${mark}> ${escaped(text)}</label>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
