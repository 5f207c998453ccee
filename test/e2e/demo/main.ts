// The demonstration in the window: node test/e2e/demo/main.ts [--headed]
// Prints each step, leaves a picture of each in demo/, and exits 0 only if every act was read back from the sandbox; with 3
// where no window came, which says nothing of Rondo: build/demo.mjs then goes another way.
import { join } from 'node:path';
import { root } from '../../../build/bundle.mjs';
import { prepare } from '../prepare.mjs';
import { runDemo } from './run-demo.ts';

await prepare();
const endings = { done: 0, failed: 1, 'no-window': 3 } as const;

const ending = await runDemo({
  isHeadless: !process.argv.includes('--headed'),
  picturesDir: join(root, 'demo'),
  say: (line) => process.stdout.write(`${line}\n`),
});
process.exitCode = endings[ending];
