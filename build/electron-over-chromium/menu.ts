import { named, notImplemented } from './unimplemented.ts';

/** Whose keys the browser has by itself, on each system. */
const roles = ['appMenu', 'editMenu', 'windowMenu', 'zoomIn', 'zoomOut', 'resetZoom'];
/** A key that the browser has besides. */
const accelerators: Readonly<Record<string, string>> = { zoomIn: 'CommandOrControl+=' };
const known = ['label', 'role', 'submenu', 'accelerator', 'visible', 'acceleratorWorksWhenHidden'];

/** A menu is checked and not shown: the window has no bar, and the browser brings what its items would do. */
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
  const { role, accelerator, submenu = [], ...others } = Object(item);
  const unknown = Object.keys(others).find((name) => !known.includes(name));
  if (unknown !== undefined) throw notImplemented(`MenuItem.${unknown}`);
  if (role !== undefined && !roles.includes(role)) throw notImplemented(`the MenuItem role ${role}`);
  if (accelerator !== undefined && accelerator !== accelerators[role]) {
    throw notImplemented(`the MenuItem accelerator ${accelerator}`);
  }
  for (const inner of submenu) checkItem(inner);
}

/** No desktop's keychain is asked here: the app is told, and keeps its vault by password alone. */
export const safeStorage = named('safeStorage', { isAsyncEncryptionAvailable: async () => false });
