import { absent, named, notImplemented } from './unimplemented.ts';

export interface Menu {
  readonly items: readonly object[];
  popup(): never;
}

/** A menu is kept and not shown: the window has no bar, and the browser brings the shortcuts for editing itself. */
export function createMenuClass(): object {
  let applicationMenu: Menu | null = null;
  return named('Menu', {
    buildFromTemplate: (template: readonly object[]): Menu =>
      named('Menu', {
        items: template.map((item) => ({ ...item })),
        popup() {
          throw notImplemented('menu.popup');
        },
      }),
    setApplicationMenu(menu: Menu | null) {
      applicationMenu = menu;
    },
    getApplicationMenu: () => applicationMenu,
  });
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
