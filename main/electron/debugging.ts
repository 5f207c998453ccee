export interface StartedProcess {
  readonly argv: readonly string[];
  /** Electron's own: true where its binary was given the app, absent where it was packed with it. */
  readonly defaultApp?: boolean;
}

/**
 * SECURITY: with these switches Chromium opens its pages to whoever connects, past the preload and everything that guards a
 * page: they could read what is revealed, and ask for all that the window can. None of Electron's fuses withholds them, as
 * one does Node's own inspector. So a packed Rondo does not start with one. Tests and developers start it unpacked.
 * Chromium takes `-` for `--`, and `/` on Windows; what follows `--` is no switch, which nobody has to be told.
 */
export function isOpenToDebuggers({ argv, defaultApp }: StartedProcess): boolean {
  return defaultApp !== true && argv.slice(1).some((argument) => /^(--?|\/)remote-debugging-/i.test(argument));
}

export const debuggingRefused =
  'It was started so that other programs could look into its window and work it. Nothing was opened. Start it without those options.';
