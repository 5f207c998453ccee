/** A token as the sandbox itself tells of it, over HTTP: not Rondo's word. */
export interface SandboxToken {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly lastUsedAt?: string;
}

/** Something that the sandbox was asked after an act; a claim counts only if it is there. */
export interface ReadBack {
  readonly what: 'connected' | 'created' | 'proved' | 'retired' | 'taken' | 'deleted';
  readonly ok: boolean;
  readonly found: string;
}

/** Whoever is asked what is there. */
export type AskSandbox = (sandboxUrl: string) => Promise<readonly SandboxToken[]>;

/** Every token that exists in the sandbox now. @throws Error when it does not answer */
export async function tokensOf(sandboxUrl: string): Promise<readonly SandboxToken[]> {
  const response = await fetch(`${sandboxUrl}/__sandbox/state`);
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}`);
  const { tokens }: { tokens: SandboxToken[] } = Object(await response.json());
  return tokens;
}

/** The one sentence for what was found, and the other for what was not. */
export function readBack(what: ReadBack['what'], ok: boolean, sentences: { yes: string; no: string }): ReadBack {
  return { what, ok, found: ok ? sentences.yes : sentences.no };
}
