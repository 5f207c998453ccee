// The window's part of `npm run bench`: node test/e2e/bench/main.ts [--headed] [--json]
// The real app against an empty window in the same runtime: on a display (`--headed`) on Electron where it is there. Nothing is
// asserted: a person reads it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, digestSources, root } from '../../../build/bundle.mjs';
import { nameOf } from '../../../build/runtime.mjs';
import { render } from '../../bench/measure.ts';
import { runtimeOf } from '../app-process.ts';
import { prepare } from '../prepare.mjs';
import { measureOpenWindow } from './open-window.ts';
import { measureStart } from './start.ts';

const emptyDir = join(root, 'out/bench-window');

const isHeadless = !process.argv.includes('--headed');
await prepare({ isHeadless });
await bundle({
  entryPoints: { main: 'test/e2e/bench/empty-app.ts', echo: 'test/e2e/bench/echo.ts' },
  targetDir: emptyDir,
  digest: digestSources(),
});
writeFileSync(join(emptyDir, 'package.json'), '{ "name": "empty", "version": "0.0.0", "main": "main.mjs" }\n');
const figures = [...(await measureStart(emptyDir, isHeadless)), ...(await measureOpenWindow(emptyDir, isHeadless))];
console.log(`\nthe window, ${isHeadless ? 'unseen' : 'on the display'}, on ${nameOf(runtimeOf({ isHeadless }))}:`);
console.log(render(figures));
if (process.argv.includes('--json')) console.log(JSON.stringify(figures, undefined, 2));
