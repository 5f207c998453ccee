import { named } from './unimplemented.ts';

/** Switches for the browsers of windows that are opened from then on. */
export interface CommandLine {
  appendSwitch(name: string, value?: string): void;
  /** Empty: it has none, or was not appended. */
  getSwitchValue(name: string): string;
}

/** @param switches where they are kept, and whoever starts a browser reads them */
export function createCommandLine(switches: Map<string, string>): CommandLine {
  return named('app.commandLine', {
    appendSwitch: (name, value = '') => void switches.set(name, value),
    getSwitchValue: (name) => switches.get(name) ?? '',
  } satisfies CommandLine);
}
