/** A statement about Rondo that is not true in the sandbox. */
export class Broken extends Error {}

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Broken(what);
}
