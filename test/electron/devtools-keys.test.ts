import { describe, expect, test } from 'vitest';
import { notTried } from '../support/not-tried.ts';
import { browserAt } from './browser-at.ts';
import { missingForDisplay, openDisplay } from './display.ts';
import { appStarter } from './run-app.ts';

/*
 * Electron has no key for developer tools unless its menu brings one. Chromium has several, and only a window on a display
 * gets them: it begins to open what they are for, which is closed before it shows anything.
 */

const missing = missingForDisplay();
if (missing !== undefined) {
  notTried('the keys of developer tools', missing);
} else {
  describe('with webPreferences.devTools: false no key opens developer tools', () => opensNone());
}

const title = 'Under test';

function opensNone(): void {
  const start = appStarter();
  test.each(['F12', 'ctrl+shift+i', 'ctrl+shift+j', 'ctrl+shift+c'])('%s', async (keys) => {
    await using display = await openDisplay();
    const app = await start({
      flags: ['--remote-debugging-port=0'],
      env: { DISPLAY: display.name, WAYLAND_DISPLAY: '' },
    });
    await app.run(`state.window = await open('<title>${title}</title><input autofocus>')`);
    const [, address = ''] = await app.said(/DevTools listening on (ws:\S+)\s/);
    await using browser = await browserAt(address);
    await browser.ask('Target.setDiscoverTargets', { discover: true });
    const isTools = (url = '') => url.startsWith('devtools:');

    const begun = browser.next(
      ({ method, params }) => method === 'Target.targetCreated' && isTools(params.targetInfo?.url),
    );
    const gone = browser.next(({ method }) => method === 'Target.targetDestroyed');
    await display.press(title, keys);
    const { targetInfo: tools } = (await begun).params;
    expect((await gone).params.targetId).toBe(tools?.targetId);

    const { targetInfos } = await browser.ask('Target.getTargets');
    expect(targetInfos.filter(({ url }) => isTools(url))).toEqual([]);
    expect(await app.run('return state.window.webContents.executeJavaScript("document.title")')).toBe(title);
  });
}
