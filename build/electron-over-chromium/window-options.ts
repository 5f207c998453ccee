import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { notImplemented } from './unimplemented.ts';

export interface WindowOptions {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Undefined: where the desktop puts it. */
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly show: boolean;
  readonly backgroundColor: string;
  readonly isSpellchecked: boolean;
  /** The text of the preload script; empty without one. */
  readonly preload: string;
}

const known = [
  // Taken and left: no window has a menu bar here, and a browser's least size is its own.
  ...['autoHideMenuBar', 'minWidth', 'minHeight'],
  'title',
  'width',
  'height',
  'x',
  'y',
  'show',
  'backgroundColor',
  'webPreferences',
];

/**
 * SECURITY: the only values that the browser can honour. A window that asks for less is refused, so that the app never
 * runs weaker here than it is written.
 */
const required: Readonly<Record<string, unknown>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  devTools: false,
};
const knownPreferences = [...Object.keys(required), 'preload', 'spellcheck'];

type Raw = Readonly<Record<string, unknown>>;

/** @throws Error by name for an option that is not known, or not honoured */
export function readWindowOptions(raw: Raw = {}): WindowOptions {
  const preferences = isRecord(raw.webPreferences) ? raw.webPreferences : {};
  refuseUnknown('BrowserWindow option', raw, known);
  refuseUnknown('webPreferences', preferences, knownPreferences);
  for (const [name, value] of Object.entries(required)) {
    const asked = preferences[name];
    if (asked !== undefined && asked !== value) throw notImplemented(`webPreferences.${name}: ${asked}`);
  }
  return {
    title: text(raw.title, 'Electron'),
    // Electron's own size for a window that says none.
    width: number(raw.width, 800),
    height: number(raw.height, 600),
    x: typeof raw.x === 'number' ? raw.x : undefined,
    y: typeof raw.y === 'number' ? raw.y : undefined,
    show: raw.show !== false,
    backgroundColor: text(raw.backgroundColor, '#FFF'),
    isSpellchecked: preferences.spellcheck !== false,
    preload: preferences.preload === undefined ? '' : readPreload(text(preferences.preload, '')),
  };
}

/** A preload that does not parse must not take along the script that it is put into. @throws SyntaxError */
function readPreload(path: string): string {
  const source = readFileSync(path, 'utf8');
  new Script(`(function (require, module, exports, process) {\n${source}\n})`, { filename: path });
  return source;
}

function refuseUnknown(what: string, given: Raw, names: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !names.includes(name) && given[name] !== undefined);
  if (unknown !== undefined) throw notImplemented(`the ${what} ${unknown}`);
}

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function number(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null;
}
