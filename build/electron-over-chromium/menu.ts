import { named } from './unimplemented.ts';

/** A menu is checked and not shown: the window has no bar, and the browser brings the shortcuts for editing itself. */
export function createMenuClass(): object {
  const built = new WeakSet<object>();
  return named('Menu', {
    buildFromTemplate(template: unknown): object {
      if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
      for (const item of template) checkItem(item);
      const menu = named('Menu', {});
      built.add(menu);
      return menu;
    },
    setApplicationMenu(menu: object | null) {
      if (menu !== null && !built.has(menu)) throw new TypeError('Invalid menu');
    },
  });
}

function checkItem(item: unknown): void {
  if (!['label', 'role', 'type'].some((name) => name in Object(item))) {
    throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
  }
}

/** No desktop's keychain is asked here: the app is told, and keeps its vault by password alone. */
export const safeStorage = named('safeStorage', { isAsyncEncryptionAvailable: async () => false });
