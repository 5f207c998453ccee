import { type Settings, type SettingsChange } from '../../shared/contract/window.ts';
export interface SettingsFile {
    read(): Settings;
    /** @throws errors of the disk */
    change(change: SettingsChange): Settings;
}
/** In the clear, because the locked window needs it. A file that is damaged counts as none: nothing in it is a loss. */
export declare function createSettingsFile(path: string): SettingsFile;
