import { absent, named, notImplemented } from './unimplemented.ts';

export interface Menu {
  readonly items: readonly object[];
  popup(): never;
}

/** A menu is kept and not shown: the window has no bar, and the browser brings the shortcuts for editing itself. */
export function createMenuClass(): object {
  let applicationMenu: Menu | null = null;
  const built = new WeakSet<Menu>();
  return named('Menu', {
    buildFromTemplate(template: unknown): Menu {
      if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
      const menu = named('Menu', {
        items: template.map(readItem),
        popup() {
          throw notImplemented('menu.popup');
        },
      });
      built.add(menu);
      return menu;
    },
    setApplicationMenu(menu: Menu | null) {
      if (menu !== null && !built.has(menu)) throw new TypeError('Invalid menu');
      applicationMenu = menu;
    },
    getApplicationMenu: () => applicationMenu,
  });
}

function readItem(item: unknown): object {
  const fields = Object(item);
  if (!['label', 'role', 'type'].some((name) => name in fields)) {
    throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
  }
  return { ...fields };
}

/** No desktop's keychain is asked here: the app is told, and keeps its vault by password alone. */
export const safeStorage = named('safeStorage', { isAsyncEncryptionAvailable: async () => false });

/** Constructing one throws by name. */
export const Notification = new Proxy(absent('Notification'), {
  get: (_target, key) => {
    if (key === 'isSupported') return () => false;
    throw notImplemented(`Notification.${String(key)}`);
  },
});
