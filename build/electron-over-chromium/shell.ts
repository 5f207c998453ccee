import { spawn } from 'node:child_process';
import { named, notImplemented } from './unimplemented.ts';

/** Opens what the desktop opens for such an address. `start` is a word of the command interpreter, hence `rundll32`. */
const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

export const shell = named('shell', {
  openExternal(url: string, options?: object): Promise<void> {
    if (options !== undefined) throw notImplemented('shell.openExternal with options');
    return new Promise((resolve, reject) => {
      const { href } = new URL(url);
      const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
      const child = spawn(command, [...args, href], { stdio: 'ignore', detached: true });
      child.once('error', () => reject(new Error(`Failed to open: ${command} is not there`)));
      child.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`Failed to open: ${command} says ${code}`)),
      );
      child.unref();
    });
  },
});
