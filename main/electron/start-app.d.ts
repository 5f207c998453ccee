import { type Clock } from '../platform/clock.ts';
import { type ClipboardWorld } from './clipboard.ts';
import { type LockWatchWorld } from './lock-watch.ts';
/** What the real entry and the entry of the tests pass differently; everything else is the same code. */
export interface AppWorld {
    /** Where the bundles are: main, preload, core. */
    readonly outDir: string;
    /** Where the page's files are. */
    readonly pageDir: string;
    readonly vaultDir: string;
    readonly version: string;
    readonly runtime: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly clock: Clock;
    readonly clipboard: ClipboardWorld['system'];
    readonly power: () => LockWatchWorld['power'];
    readonly openExternal: (url: string) => Promise<void>;
}
/** SECURITY: before the app is ready, because both must hold for the first page already. */
export declare function prepareApp(): void;
/** Opens the window over a locked core. Call it when the app is ready. */
export declare function startApp(world: AppWorld): void;
