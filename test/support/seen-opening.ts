// What a test's mock of better-sqlite3 is made of. Apart from failing-disk.ts, which needs better-sqlite3 itself.

/** Lets constructors of connections be seen as well: the test's mock of better-sqlite3 asks it. */
export interface Opening {
  around: ((path: string, open: () => object) => object) | undefined;
}

type Constructor = new (...parameters: unknown[]) => object;

export async function seeingOpening(
  opening: Opening,
  importOriginal: () => Promise<{ default: Constructor }>,
): Promise<{ default: Constructor }> {
  const { default: real } = await importOriginal();
  const construct = (target: Constructor, parameters: unknown[], newTarget: NewableFunction) => {
    const open = () => Reflect.construct(target, parameters, newTarget);
    return opening.around?.(String(parameters[0]), open) ?? open();
  };
  return { default: new Proxy(real, { construct }) };
}
