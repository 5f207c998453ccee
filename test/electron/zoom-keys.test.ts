import { describe, expect, test } from 'vitest';
import { notTried } from '../support/not-tried.ts';
import { missingForDisplay, openDisplay } from './display.ts';
import { appStarter } from './run-app.ts';

/*
 * Electron's roles zoomIn, zoomOut and resetZoom have the keys CommandOrControl and plus, minus, nought by themselves, and
 * Rondo's menu gives the first one `=` besides. Only a window on a display gets the keys of its browser.
 */

const missing = missingForDisplay();
if (missing !== undefined) {
  notTried('the keys that enlarge', missing);
} else {
  describe('with the zoom roles in the menu', () => {
    const start = appStarter();
    test('the keys enlarge the page, make it smaller, and as it was', async () => {
      await using display = await openDisplay();
      const app = await start({ flags: [], env: { DISPLAY: display.name, WAYLAND_DISPLAY: '' } });
      await app.run(`
        const zoom = [{ role: 'zoomIn' }, { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true }];
        const menu = electron.Menu.buildFromTemplate([{ label: 'View', submenu: [...zoom, { role: 'zoomOut' }, { role: 'resetZoom' }] }]);
        electron.Menu.setApplicationMenu(menu);
        state.window = await open('<title>Under test</title><input autofocus>');`);
      const inPage = async (code: string) =>
        Number(await app.run(`return state.window.webContents.executeJavaScript(${JSON.stringify(code)})`));
      const asItWas = await inPage(`
        const seen = [], waiting = [];
        addEventListener('resize', () => (waiting.shift() ?? ((ratio) => seen.push(ratio)))(devicePixelRatio));
        globalThis.nextRatio = () => new Promise((tell) => (seen.length > 0 ? tell(seen.shift()) : waiting.push(tell)));
        devicePixelRatio`);
      const pressed = async (keys: string) => {
        await display.press('Under test', keys);
        return inPage('nextRatio()');
      };
      const larger = await pressed('ctrl+plus');
      expect(larger).toBeGreaterThan(asItWas);
      expect(await pressed('ctrl+equal'), 'without Shift').toBeGreaterThan(larger);
      expect(await pressed('ctrl+0')).toBe(asItWas);
      expect(await pressed('ctrl+minus')).toBeLessThan(asItWas);
      expect(await pressed('ctrl+0')).toBe(asItWas);
    });
  });
}
