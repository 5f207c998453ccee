import { network } from './browser-flags.ts';
import { named, notImplemented } from './unimplemented.ts';

export interface CommandLine {
  appendSwitch(name: string, value?: string): void;
  getSwitchValue(name: string): string;
}

/** The switches that each browser here is started with anyway, with the same values. Another one would have to be tried. */
export function createCommandLine(): CommandLine {
  const appended = new Map<string, string>();
  return named('app.commandLine', {
    appendSwitch(name, value = '') {
      if (network[name] !== value) throw notImplemented(`app.commandLine.appendSwitch('${name}', '${value}')`);
      appended.set(name, value);
    },
    getSwitchValue(name) {
      if (!Object.hasOwn(network, name)) throw notImplemented(`app.commandLine.getSwitchValue('${name}')`);
      return appended.get(name) ?? '';
    },
  } satisfies CommandLine);
}
