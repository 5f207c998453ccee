import type { Said, Twist } from './in-between.ts';

/** After a deletion the list at this path stays as it was before, as if the deletion had not reached every machine. */
export function staleList(listPath: string): Twist {
  let listed: Said | undefined;
  let deleted = false;
  return async (asked, ask) => {
    deleted ||= asked.method === 'DELETE';
    if (asked.method !== 'GET' || asked.path !== listPath) return ask();
    if (!deleted) listed = await ask();
    return listed;
  };
}
