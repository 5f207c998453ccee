export interface NoWindow {
  readonly executable: string;
  readonly how: string;
  readonly isHeadless: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** What it begins with: whoever started the app tells by it that the app itself is not at fault. */
export const noWindow = 'no window could be opened';

/** For the person who started it, in one line: what happened, and what can be done. */
export function whyNoWindow({ executable, how, isHeadless, env }: NoWindow): string {
  const what = `${noWindow}: ${executable} ${how} before it answered.`;
  const display = isHeadless ? undefined : ['WAYLAND_DISPLAY', 'DISPLAY'].find((name) => env[name]);
  const mend =
    display === undefined
      ? 'Started by hand, it tells why.'
      : `Is there a display at ${display}=${env[display]}? If not, unset ${display}.`;
  // Unseen it is the demo, or a test, that started it.
  return isHeadless ? `${what} ${mend}` : `${what} ${mend} \`npm run demo\` does the main job unseen.`;
}
