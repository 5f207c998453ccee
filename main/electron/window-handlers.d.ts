import type { Handlers } from '../../shared/contract/kit.ts';
import type { Door, LockReason, windowCalls } from '../../shared/contract/window.ts';
import type { PortClient } from '../core-process/port-client.ts';
import type { ValueClipboard } from './clipboard.ts';
import type { SettingsFile } from './settings-file.ts';
export interface WindowHandlersWorld {
    readonly core: () => PortClient;
    readonly door: () => Door;
    readonly lock: (reason: LockReason) => Promise<void>;
    readonly clipboard: ValueClipboard;
    readonly settings: SettingsFile;
    readonly settingsChanged: () => void;
    readonly openExternal: (url: string) => Promise<void>;
}
export declare function windowHandlers(world: WindowHandlersWorld): Handlers<typeof windowCalls>;
