import type { ConnectedCli } from './connected-cli.ts';

export interface Call {
  readonly arguments: readonly string[];
  readonly stdin?: string;
  /** It changes what the vault holds. */
  readonly writes?: true;
  /** It holds the vault's lock file. */
  readonly holds?: true;
}

/** Nothing that the vault knows has this id. */
export const unknownId = 'ffffffffffff';

/** One sound call of each command that opens the vault, by the command's words. */
export function everyCommand({ held, sandbox, connected }: ConnectedCli): ReadonlyMap<string, Call> {
  const [project = ''] = sandbox.projects;
  const { account } = connected;
  const words = (text: string, ...rest: readonly string[]) => [...text.split(' '), ...rest];
  const label = ['--label', 'one more'];
  const calls: readonly Call[] = [
    { arguments: words('vault verify') },
    { arguments: words('vault repair', '--dry-run') },
    { arguments: words('vault re-key', '--confirm', 'RE-KEY'), writes: true, holds: true },
    { arguments: words('vault recovery-code'), writes: true },
    { arguments: words('vault change-password', '--new-password-file', '/password'), writes: true },
    {
      arguments: words('account add', '--host', connected.between.url),
      stdin: `${sandbox.personalToken}\n`,
      writes: true,
    },
    // Its answer is in a browser, where nobody is: of an account that is there it would wait.
    { arguments: words('account sign-in', unknownId) },
    { arguments: words('account list') },
    { arguments: words('account remove', account), writes: true },
    { arguments: words('project add', 'gh/tidewater/extra'), writes: true },
    { arguments: words('project list') },
    { arguments: words('project remove', project), writes: true },
    { arguments: words('sync'), writes: true },
    { arguments: words('token list') },
    { arguments: words('token show', held.id) },
    { arguments: words('token check', held.id) },
    { arguments: words('token create personal', '--account', account, ...label), writes: true },
    {
      arguments: words('token create project', '--project', project, '--scope', 'status', ...label),
      writes: true,
    },
    { arguments: words('token take', held.id), writes: true },
    { arguments: words('token adopt', unknownId), stdin: 'CCIPAT_x\n' },
    { arguments: words('token edit', held.id, '--owner', 'somebody'), writes: true },
    { arguments: words('token delete', held.id, '--confirm', 'DELETE'), writes: true },
    { arguments: words('rotate', held.id), writes: true, holds: true },
    { arguments: words('rotation list') },
    { arguments: words('rotation show', unknownId) },
    { arguments: words('rotation resume'), holds: true },
    { arguments: words('rotation abandon', unknownId, '--confirm', 'ABANDON') },
    { arguments: words('incident', held.id, '--confirm', 'ROTATE'), writes: true, holds: true },
    { arguments: words('job list') },
    { arguments: words('job show', unknownId) },
    { arguments: words('job pause', unknownId) },
    { arguments: words('job resume', unknownId) },
    { arguments: words('job stop', unknownId) },
    { arguments: words('job report', unknownId) },
    { arguments: words('backup create'), writes: true },
    // These two ask the vault last: an export leaves a damaged one too.
    { arguments: words('export', '/never/written', '--export-password-file', '/password') },
    { arguments: words('import', '/not/there', '--export-password-file', '/password') },
    { arguments: words('audit') },
    { arguments: words('audit verify') },
  ];
  return new Map(calls.map((call) => [pathOf(call.arguments), call]));
}

/** The words before the first id, slug or option. */
function pathOf(arguments_: readonly string[]): string {
  const end = arguments_.findIndex((word) => !/^[a-z][a-z-]*$/.test(word) || word === unknownId);
  return arguments_.slice(0, end === -1 ? undefined : end).join(' ');
}
