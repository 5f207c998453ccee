import { browserVersion } from '../find-browser.mjs';

export interface Versions {
  /** What stands where Electron's number would: nobody shall take this for Electron. */
  readonly electron: string;
  readonly chrome: string;
}

export function versionsOf(chrome: string): Versions {
  return { electron: `45 API over Chromium ${chrome.split('.', 1)[0]}`, chrome };
}

/** @throws Error when the browser does not tell its version */
export function readBrowserVersion(executable: string): string {
  const chrome = browserVersion(executable);
  if (chrome === undefined) throw new Error(`${executable} does not start, or is no Chrome or Chromium`);
  return chrome;
}
