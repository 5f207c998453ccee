import { expect, test } from '@playwright/test';
import { type AskSandbox, tokensOf } from './demo/read-back.ts';
import { runDemo } from './demo/run-demo.ts';
import { processTree } from './process-tree.ts';

/** A sandbox that never loses a token, as far as it tells. */
function neverLosing(): AskSandbox {
  const known = new Map<string, Awaited<ReturnType<AskSandbox>>[number]>();
  return async (url) => {
    for (const token of await tokensOf(url)) known.set(token.id, token);
    return [...known.values()];
  };
}

test('the demo tells each act that was read back', async ({ headless }, info) => {
  const said: string[] = [];
  const picturesDir = info.outputPath('demo');
  expect(await runDemo({ isHeadless: headless ?? true, picturesDir, say: (line) => said.push(line) })).toBe('done');
  expect(said.filter((line) => line.startsWith('ok '))).toHaveLength(6);
  expect(said.join('\n')).not.toContain('NOT OK');
});

test('the demo fails where something was not read back, whatever the window shows', async ({ headless }, info) => {
  const said: string[] = [];
  const demo = {
    isHeadless: headless ?? true,
    picturesDir: info.outputPath('demo'),
    say: (line: string) => said.push(line),
  };
  expect(await runDemo({ ...demo, ask: neverLosing() })).toBe('failed');
  expect(said).toContainEqual(expect.stringMatching(/^NOT OK retired +the old token still exists$/));
  expect(said).toContainEqual(expect.stringMatching(/^NOT OK deleted +the sandbox did not lose it$/));
  expect(said.filter((line) => line.startsWith('ok '))).toHaveLength(4);
});

async function killApp(): Promise<void> {
  const app = (await processTree(process.pid)).find(({ command }) => command.includes('out/e2e '));
  if (app !== undefined) process.kill(app.pid, 'SIGKILL');
}

test('the demo says why it fails also where the window is gone, and with it the picture', async ({
  headless,
}, info) => {
  const said: string[] = [];
  const ending = await runDemo({
    isHeadless: headless ?? true,
    picturesDir: info.outputPath('demo'),
    say: (line) => said.push(line),
    // In the middle of the walk.
    async ask() {
      await killApp();
      return [];
    },
  });
  expect(ending).toBe('failed');
  expect(said.slice(-4)).toEqual([
    'The window did not do what was expected of it:',
    expect.stringContaining('has been closed'),
    'There is no picture of it.',
    expect.stringContaining('the app did not quit cleanly'),
  ]);
});

test('the demo that is stopped promises nothing where what it opened did not end well', async ({ headless }, info) => {
  const said: string[] = [];
  const stop = new AbortController();
  const ending = await runDemo({
    isHeadless: headless ?? true,
    picturesDir: info.outputPath('demo'),
    say: (line) => said.push(line),
    stop: stop.signal,
    async ask() {
      await killApp();
      stop.abort();
      return [];
    },
  });
  expect(ending).toBe('stopped');
  expect(said.at(-1)).toContain('Stopped in the middle: the app did not quit cleanly');
});
