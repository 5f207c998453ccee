// The demonstration in the window: node test/e2e/demo/main.ts [--headed]
// Prints each step, leaves a picture of each in demo/, and exits 0 only if every act was read back from the sandbox.
import { join } from 'node:path';
import { root } from '../../../build/bundle.mjs';
import { prepare } from '../prepare.mjs';
import { runDemo } from './run-demo.ts';

await prepare();
const isDone = await runDemo({
  isHeadless: !process.argv.includes('--headed'),
  picturesDir: join(root, 'demo'),
  say: (line) => process.stdout.write(`${line}\n`),
});
if (!isDone) process.exitCode = 1;
