import type { Bounds } from './devtools-protocol.ts';
import type { WindowState } from './page/isolated-world.ts';
import type { Page } from './page.ts';

type Rectangle = WindowState['bounds'];

type Stand = 'normal' | 'minimized' | 'maximized';

/**
 * The window of the desktop around a page. Electron answers at once how it stands, so that is kept here: what the app wants
 * counts from then on, and what the desktop does is asked of the browser, which tells nobody of it, when its page says that
 * it is hidden or has another size.
 */
export class NativeWindow {
  private readonly opened: Promise<Page>;
  private stand: Stand = 'normal';
  private told: Pick<WindowState, 'isHidden' | 'bounds'>;
  private normalBounds: Rectangle;
  /** One act after the other: the browser shall not be asked in the middle of what it is told. */
  private last: Promise<unknown> = Promise.resolve();
  private wishes = 0;

  constructor(opened: Promise<Page>, bounds: Rectangle) {
    this.opened = opened;
    this.told = { isHidden: false, bounds };
    this.normalBounds = bounds;
  }

  is(stand: Stand): boolean {
    return this.stand === stand;
  }

  /** Where it stands or would stand if it were neither minimised nor maximised. */
  getNormalBounds(): Rectangle {
    return { ...this.normalBounds };
  }

  become(stand: Stand): void {
    this.stand = stand;
    this.wishes += 1;
    this.act(async ({ devTools }) => {
      const { windowId } = await devTools.send('Browser.getWindowForTarget', {});
      // A window that is not in its normal state takes no size.
      await devTools.send('Browser.setWindowBounds', { windowId, bounds: { windowState: stand } });
    });
  }

  toFront(): void {
    this.act(({ devTools }) => devTools.send('Page.bringToFront', {}));
  }

  /** What its page says: hidden is also one on a desktop that is not shown. */
  pageTells({ isHidden, bounds }: WindowState): void {
    const before = this.told;
    this.told = { isHidden, bounds };
    if (isHidden === before.isHidden && isSame(bounds, before.bounds)) return;
    // Shown again, and not only of another size: what it said before it was minimised may arrive after that.
    if (before.isHidden && !isHidden && this.stand === 'minimized') this.stand = 'normal';
    const wishes = this.wishes;
    this.act(async ({ devTools }) => {
      const { bounds: found } = await devTools.send('Browser.getWindowForTarget', {});
      if (wishes !== this.wishes) return;
      this.stand = standOf(found);
      if (this.stand === 'normal') this.normalBounds = bounds;
    });
  }

  /** A window that closed meanwhile needs nothing any more. */
  private act(act: (page: Page) => Promise<unknown>): void {
    this.last = this.last.then(async () => act(await this.opened)).catch(() => {});
  }
}

function standOf({ windowState }: Bounds): Stand {
  return windowState === 'minimized' || windowState === 'maximized' ? windowState : 'normal';
}

function isSame(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
