// Makes a picture of every screen in both themes into screenshots/, for looking: npm run screenshots [-- part of a name]
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../build/bundle.mjs';
import { inEachTheme } from './axe.ts';
import { openRondo } from './open-rondo.ts';
import { prepare } from './prepare.mjs';
import { screens } from './screens/all-screens.ts';

const picturesDir = join(root, 'screenshots');
const wanted = process.argv[2] ?? '';

await prepare();
if (wanted === '') await rm(picturesDir, { recursive: true, force: true });
await mkdir(picturesDir, { recursive: true });
for (const { name, vault, variants = [], size, open, shows } of screens.filter((screen) =>
  screen.name.includes(wanted),
)) {
  await using rondo = await openRondo({ vault, variants });
  if (size !== undefined) await rondo.page.setViewportSize(size);
  await open(rondo.page, rondo);
  await inEachTheme(rondo, shows, async (theme) => {
    const file = `${name.replaceAll(' ', '-')}-${theme}.png`;
    await rondo.page.screenshot({ path: join(picturesDir, file) });
    process.stdout.write(`screenshots/${file}\n`);
  });
}
