import type { DevTools } from './devtools-pipe.ts';
import { NamedEmitter } from './unimplemented.ts';

type ThemeSource = 'system' | 'light' | 'dark';

/** What the system prefers is what an open window last said; before the first one, light. */
export class NativeTheme extends NamedEmitter {
  private readonly pages = new Set<DevTools>();
  private source: ThemeSource = 'system';
  private isSystemDark = false;
  /** Pages that still prefer what they were told last; what they say meanwhile is not the system's. */
  private resetting = 0;

  constructor() {
    super(['updated']);
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? this.isSystemDark : this.source === 'dark';
  }

  get themeSource(): ThemeSource {
    return this.source;
  }

  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`'${source}' is not a theme source`);
    if (source === this.source) return;
    this.source = source;
    for (const page of this.pages) this.tell(page);
    this.emit('updated');
  }

  addPage(page: DevTools): void {
    this.pages.add(page);
    if (this.source !== 'system') this.tell(page);
  }

  systemTold(isDark: boolean): void {
    // A page that is told what to prefer says nothing about the system.
    if (this.source !== 'system' || this.resetting > 0 || isDark === this.isSystemDark) return;
    this.isSystemDark = isDark;
    this.emit('updated');
  }

  private tell(page: DevTools): void {
    const value = this.source === 'system' ? '' : this.source;
    this.resetting += 1;
    page
      .send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
      .catch(() => this.pages.delete(page))
      .finally(() => {
        this.resetting -= 1;
      });
  }
}
