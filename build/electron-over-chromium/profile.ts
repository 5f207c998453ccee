import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/*
 * Every window has a browser profile of its own that goes with it: Rondo keeps everything in its vault, nothing in a
 * browser. The folder's name holds our process id, so that a later start finds what a killed one left behind.
 */

const prefix = 'electron-over-chromium-';

/** Chromium's "block" in its content settings. */
const refused = 2;

/** What asks a person by a list to choose from, which a flag does not answer; and what would open windows by itself. */
const refusals = [
  'popups',
  'notifications',
  'usb_guard',
  'hid_guard',
  'serial_guard',
  'bluetooth_guard',
  'sensors',
].map((name) => [name, refused]);

const preferences = {
  browser: { check_default_browser: false, has_seen_welcome_page: true },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false, default_content_setting_values: Object.fromEntries(refusals) },
  // Its question would be a window of the browser, which a flag does not answer.
  hardware: { screen_capture_enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  search: { suggest_enabled: false },
  translate: { enabled: false },
};

export function createProfile(isSpellchecked: boolean): string {
  const dir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  mkdirSync(join(dir, 'Default'), { recursive: true });
  const all = { ...preferences, browser: { ...preferences.browser, enable_spellchecking: isSpellchecked } };
  writeFileSync(join(dir, 'Default/Preferences'), JSON.stringify(all));
  return dir;
}

export function removeProfile(dir: string): void {
  const socketDir = socketDirOf(dir);
  // A helper process of a browser that is just ending may still write: ten tries, 50 ms apart, then the next start does it.
  rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  if (socketDir !== undefined) removeSocket(socketDir);
}

/**
 * Chromium puts the socket of a profile into a folder of its own in the temporary one, as a socket's path must be short, and
 * a link to it into the profile. It has no time to remove them where it is ended by a signal.
 */
function socketDirOf(profileDir: string): string | undefined {
  try {
    return dirname(readlinkSync(join(profileDir, 'SingletonSocket')));
  } catch {
    return undefined;
  }
}

/** SECURITY: by the names of what is in it, as a link in somebody else's profile may name any folder. */
function removeSocket(dir: string): void {
  try {
    for (const name of ['SingletonSocket', 'SingletonCookie']) rmSync(join(dir, name), { force: true });
    rmdirSync(dir);
  } catch {
    // Gone already: Chromium was faster.
  }
}

export function removeLeftProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    try {
      removeProfile(join(tmpdir(), name));
    } catch {
      // Another person's: their start removes it.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
