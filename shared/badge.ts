// The address of a project's badge, which carries the value of a Status token: CircleCI has no other way to show one.

/** What stands before and after the value in Markdown. `origin`: of the account's own host, which alone may learn the value. */
export function badgeAround(origin: string, project: string): { readonly before: string; readonly after: string } {
  // Of its default branch. A bracket would end the link, and no address needs one.
  const page = `${origin}/${project.split('/').map(encodeURIComponent).join('/')}`.replace(/[()]/g, (one) =>
    one === '(' ? '%28' : '%29',
  );
  return { before: `[![CircleCI](${page}.svg?style=svg&circle-token=`, after: `)](${page})` };
}
