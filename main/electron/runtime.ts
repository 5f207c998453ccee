export interface RuntimeProcess {
  readonly versions: Readonly<{ electron?: string }>;
  readonly argv: readonly string[];
  readonly getuid?: () => number;
}

/** What the window runs on, for the person. Root has no sandbox: Chromium, and so Electron, starts for it without one only. */
export function describeRuntime({ versions, argv, getuid }: RuntimeProcess): string {
  const why = getuid?.() === 0 ? 'run as root' : argv.includes('--no-sandbox') ? 'switched off' : undefined;
  return `Electron ${versions.electron}${why === undefined ? '' : `, without its sandbox (${why})`}`;
}
