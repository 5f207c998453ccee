// Prints the entry of the menu that electron-builder.yml gives an AppImage, among electron-builder's own lines:
//   node test/unit/build/appimage-menu-entry.mjs folder-that-it-may-fill
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { root } from '../../../build/bundle.mjs';

const [, , dir = ''] = process.argv;
const packed = join(dir, 'packed');
mkdirSync(packed, { recursive: true });
await build({
  projectDir: root,
  prepackaged: packed,
  targets: Platform.LINUX.createTarget('AppImage'),
  config: { directories: { output: join(dir, 'made') } },
  // What electron-builder's own tests look through; true: nothing is made.
  effectiveOptionComputed: async ({ desktop }) => {
    process.stdout.write(desktop);
    return true;
  },
});
