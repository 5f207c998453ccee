// The demonstration in the window: node test/e2e/demo/main.ts [--headed]
// Prints each step, leaves a picture of each in demo/, and exits 0 only if every act was read back from the sandbox; where no
// window came, which says nothing of Rondo, build/demo.mjs goes another way by its code.
import { join } from 'node:path';
import { root } from '../../../build/bundle.mjs';
import { endings } from '../../../build/demo-endings.mjs';
import { whyNoBrowser } from '../../../build/find-browser.mjs';
import { chooseRuntime, nameOf } from '../../../build/runtime.mjs';
import { sandboxNote } from '../../../build/sandbox.mjs';
import { buildForTests } from '../prepare.mjs';
import { runDemo } from './run-demo.ts';

const { env } = process;
const isHeadless = !process.argv.includes('--headed');
const runtime = chooseRuntime({ root, env, isHeadless, mayDownload: true, say });
if (runtime === undefined) {
  say(whyNoBrowser(env));
  process.exitCode = endings['no-browser'];
} else {
  say(`${nameOf(runtime)}${sandboxNote(process.getuid?.())}`);
  await buildForTests();
  const stop = new AbortController();
  // A second Ctrl+C ends it at once, as without this. The others come twice by themselves: to the whole group, as from a
  // terminal that is closed, and passed on by build/demo.mjs.
  process.once('SIGINT', () => stop.abort());
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const picturesDir = join(root, 'demo');
  process.exitCode = endings[await runDemo({ isHeadless, picturesDir, say: print, stop: stop.signal })];
}

function say(sentence: string): void {
  process.stderr.write(`rondo: ${sentence}\n`);
}
