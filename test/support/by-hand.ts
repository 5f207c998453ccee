import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { SandboxToken } from '../../shared/contract/sandbox.ts';
import type { Token } from '../../shared/contract/token.ts';
import type { ConnectedCore } from './connected-core.ts';
import { expectOk } from './core-pieces.ts';

/** What a person does on CircleCI's own pages: they work whatever the routes do. */
export interface ByHand {
  create(wanted: { label: string; scope?: string; project?: string }): Promise<SandboxToken>;
  remove(id: string): Promise<void>;
  authorize(token: string, organization: string): Promise<void>;
}

export function byHand(sandbox: RunningSandbox): ByHand {
  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new URL(`/__sandbox/${path}`, sandbox.url), { method, ...sent });
    if (!response.ok) throw new Error(`the sandbox refused: ${response.status} ${await response.text()}`);
    return response.json();
  }
  return {
    create: async (wanted) => (await ask('POST', 'tokens', wanted)) as SandboxToken,
    remove: async (id) => void (await ask('DELETE', `tokens/${id}`)),
    authorize: async (token, organization) => void (await ask('POST', 'authorize', { token, organization })),
  };
}

const wires = { status: 'status', 'read-only': 'view-builds', admin: 'all' } as const;

/** A token like the old one, made on CircleCI's page. */
export async function alike(sandbox: RunningSandbox, { label, project, scope, access }: Token): Promise<SandboxToken> {
  const wire = Object.entries(wires).find(([shown]) => shown === scope)?.[1] ?? access ?? 'admin';
  return byHand(sandbox).create({ label, scope: wire, ...(project === undefined ? {} : { project }) });
}

export const bytes = (text: string) => new TextEncoder().encode(text);

/** Tells the rotation what was done by hand, and expects it to go on. */
export async function tell(
  { client }: Pick<ConnectedCore, 'client'>,
  { id }: Pick<Rotation, 'id'>,
  said: { value: string } | { confirm: 'deleted' | 'authorized' },
): Promise<Rotation> {
  const told = 'value' in said ? { value: bytes(said.value) } : said;
  const [rotation] = expectOk(await client('rotation.resume', { ids: [id], ...told })).rotations;
  if (rotation === undefined) throw new Error('no rotation answered');
  return rotation;
}
