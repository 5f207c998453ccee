import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Versions {
  /** What stands where Electron's number would: nobody shall take this for Electron. */
  readonly electron: string;
  readonly chrome: string;
}

const number = /\d+\.\d+\.\d+\.\d+/;

export function versionsOf(chrome: string): Versions {
  return { electron: `45 API over Chromium ${chrome.split('.', 1)[0]}`, chrome };
}

/** @throws Error when the browser does not tell its version */
export function readBrowserVersion(executable: string): string {
  const chrome = number.exec(process.platform === 'win32' ? besides(executable) : said(executable))?.[0];
  if (chrome === undefined) throw new Error(`${executable} does not start, or is no Chrome or Chromium`);
  return chrome;
}

/** "Chromium 156.0.8078.79 built on …", "Google Chrome 156.0.8078.79" */
function said(executable: string): string {
  const { status, stdout } = spawnSync(executable, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : '';
}

/** On Windows it says nothing, and lies beside a folder that is named by its version. */
function besides(executable: string): string {
  return readdirSync(dirname(executable)).findLast((name) => number.test(name)) ?? '';
}
