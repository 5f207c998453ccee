import { expect, test } from 'vitest';
import { NativeWindow } from '../../build/electron-over-chromium/native-window.ts';

test('a page that was of another size just before its window was minimised does not bring it back', () => {
  const bounds = { x: 0, y: 0, width: 1200, height: 800 };
  const told = { isFocused: true, isDark: false, bounds: { ...bounds, width: 1190 } };
  // Its browser has not answered yet.
  const window = new NativeWindow(new Promise(() => {}), bounds);
  window.become('minimized');
  window.pageTells({ ...told, isHidden: false });
  expect(window.is('minimized')).toBe(true);
  window.pageTells({ ...told, isHidden: true });
  expect(window.is('minimized')).toBe(true);
  window.pageTells({ ...told, isHidden: false });
  expect(window.is('minimized'), 'somebody brought it back').toBe(false);
});
