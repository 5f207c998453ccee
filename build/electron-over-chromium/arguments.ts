/** What the runner is told before the app's entry; everything after it belongs to the app. */
export interface RunnerArguments {
  readonly entry: string;
  readonly appArguments: readonly string[];
  readonly executable: string | undefined;
  /** Of the browser, by whoever knows it already: asking it takes as long as half a window. */
  readonly browserVersion: string | undefined;
  readonly isHeadless: boolean;
  readonly hasDebuggingPort: boolean;
  readonly isDriven: boolean;
}

const browserPrefix = '--browser=';
const versionPrefix = '--browser-version=';

/** @throws Error in one sentence for the person who started it */
export function readArguments(argv: readonly string[]): RunnerArguments {
  const at = argv.findIndex((argument) => !argument.startsWith('-'));
  const entry = argv[at];
  if (entry === undefined) throw new Error('the path of the app is missing');
  const flags = argv.slice(0, at);
  const known = ['--headless', '--remote-debugging-port=0', '--driven'];
  const unknown = flags.find(
    (flag) => !known.includes(flag) && ![browserPrefix, versionPrefix].some((prefix) => flag.startsWith(prefix)),
  );
  if (unknown !== undefined) throw new Error(`the option ${unknown} is not known`);
  const valueAfter = (prefix: string) => flags.find((flag) => flag.startsWith(prefix))?.slice(prefix.length);
  return {
    entry,
    appArguments: argv.slice(at + 1),
    executable: valueAfter(browserPrefix),
    browserVersion: valueAfter(versionPrefix),
    isHeadless: flags.includes('--headless'),
    hasDebuggingPort: flags.includes('--remote-debugging-port=0'),
    isDriven: flags.includes('--driven'),
  };
}
