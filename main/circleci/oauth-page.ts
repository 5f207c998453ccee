/** How the browser's answer was taken. `again`: another one came first. */
export type Taken = 'code' | 'denied' | 'failed' | 'foreign' | 'again';

const words: Readonly<Record<Taken, readonly [heading: string, next: string]>> = {
  code: ['CircleCI has answered', 'Go back to Rondo: it finishes signing in and says how it went.'],
  denied: ['You did not allow it', 'Nothing was changed. Go back to Rondo to try again or to paste a personal token.'],
  failed: ['CircleCI did not allow it', 'Nothing was changed. Go back to Rondo: it says why.'],
  foreign: [
    'This answer does not belong to Rondo’s question',
    'Nothing was changed, and Rondo has stopped waiting. Go back to Rondo and begin again.',
  ],
  again: ['This was answered before', 'The first answer counts. Go back to Rondo.'],
};

/** What the browser shows at the end. The same for everybody: it repeats nothing of what it was sent, and holds no secret. */
export function redirectPage(taken: Taken): string {
  const [heading, next] = words[taken];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading} - Rondo</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}</style>
</head><body><main><h1>${heading}</h1><p>${next}</p><p>You can close this page.</p></main></body></html>`;
}

/** SECURITY: no script, nothing from elsewhere, in nobody's frame, and the address with the code is told to nobody. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;
