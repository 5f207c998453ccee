import type { Bounds } from './devtools-protocol.ts';
import type { Page } from './page.ts';

/**
 * The window of the desktop around a page. Electron answers at once how it stands, so that is kept here: what the app wants
 * counts from then on, and what the desktop does is asked of the browser, which tells nobody of it, when its page says that
 * it is hidden.
 */
export class NativeWindow {
  private readonly opened: Promise<Page>;
  private isMinimised = false;
  private isHidden = false;
  /** One act after the other: the browser shall not be asked in the middle of what it is told. */
  private last: Promise<unknown> = Promise.resolve();
  private wishes = 0;

  constructor(opened: Promise<Page>) {
    this.opened = opened;
  }

  isMinimized(): boolean {
    return this.isMinimised;
  }

  minimize(): void {
    this.want(true, { windowState: 'minimized' });
  }

  normal(): void {
    this.want(false, { windowState: 'normal' });
  }

  toFront(): void {
    this.act(({ devTools }) => devTools.send('Page.bringToFront', {}));
  }

  /** What its page says: hidden is also one on a desktop that is not shown. */
  pageIs(hidden: boolean): void {
    if (hidden === this.isHidden) return;
    this.isHidden = hidden;
    if (!hidden) {
      this.isMinimised = false;
      return;
    }
    const wishes = this.wishes;
    this.act(async ({ devTools }) => {
      const { bounds } = await devTools.send('Browser.getWindowForTarget', {});
      if (wishes === this.wishes) this.isMinimised = bounds.windowState === 'minimized';
    });
  }

  private want(isMinimised: boolean, bounds: Bounds): void {
    this.isMinimised = isMinimised;
    this.wishes += 1;
    this.act(async ({ devTools }) => {
      const { windowId } = await devTools.send('Browser.getWindowForTarget', {});
      // A window that is not in its normal state takes no size.
      await devTools.send('Browser.setWindowBounds', { windowId, bounds });
    });
  }

  /** A window that closed meanwhile needs nothing any more. */
  private act(act: (page: Page) => Promise<unknown>): void {
    this.last = this.last.then(async () => act(await this.opened)).catch(() => {});
  }
}
