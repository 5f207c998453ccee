import type { Api } from './api.ts';

/**
 * What a test may do to a running app: only for the process that forked this one with a channel, and only with
 * `--driven`. The answer to `{ id, … }` is `{ id, value }`, or `{ id, error }`.
 */
export type DriverCommand =
  | { readonly id: number; readonly emit: 'powerMonitor'; readonly event: string }
  | { readonly id: number; readonly idleSeconds: number }
  | { readonly id: number; readonly clipboard: 'readText' | 'clear' }
  | { readonly id: number; readonly clipboard: 'writeText'; readonly text: string };

export function acceptTestDriver(api: Pick<Api, 'powerMonitor' | 'clipboard'>): void {
  if (process.send === undefined) throw new Error('--driven is for tests that fork this process');
  process.on('message', (command: DriverCommand) => {
    // The app may have messages of its own on this channel.
    if (!('emit' in command || 'idleSeconds' in command || 'clipboard' in command)) return;
    obey(api, command).then(
      (value) => process.send?.({ id: command.id, value }),
      (error) => process.send?.({ id: command.id, error: String(error) }),
    );
  });
  // The test's end is the app's end.
  process.on('disconnect', () => process.exit(1));
}

async function obey(
  { powerMonitor, clipboard }: Pick<Api, 'powerMonitor' | 'clipboard'>,
  command: DriverCommand,
): Promise<unknown> {
  if ('emit' in command) return powerMonitor.emit(command.event);
  if ('idleSeconds' in command) return powerMonitor.pretendIdle(command.idleSeconds);
  if (command.clipboard === 'writeText') return await clipboard.writeText(command.text);
  return command.clipboard === 'clear' ? clipboard.clear() : await clipboard.readText();
}
