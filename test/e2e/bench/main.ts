// The window's part of `npm run bench`: node test/e2e/bench/main.ts [--json]
// The real app against an empty window in the same runtime. Nothing is asserted: a person reads it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, digestSources, root } from '../../../build/bundle.mjs';
import { render } from '../../bench/measure.ts';
import { prepare } from '../prepare.mjs';
import { measureOpenWindow } from './open-window.ts';
import { measureStart } from './start.ts';

const emptyDir = join(root, 'out/bench-window');

await prepare();
await bundle({
  entryPoints: { main: 'test/e2e/bench/empty-app.ts', echo: 'test/e2e/bench/echo.ts' },
  targetDir: emptyDir,
  digest: digestSources(),
});
writeFileSync(join(emptyDir, 'package.json'), '{ "name": "empty", "version": "0.0.0", "main": "main.mjs" }\n');
const figures = [...(await measureStart(emptyDir)), ...(await measureOpenWindow(emptyDir))];
console.log(render(figures));
if (process.argv.includes('--json')) console.log(JSON.stringify(figures, undefined, 2));
