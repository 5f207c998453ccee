import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { makeCheckout } from '../../support/checkout.ts';

const say = (word: string) => `console.log(${JSON.stringify(word)}, ...process.argv.slice(2));\n`;
const stay = `process.on('SIGINT', () => process.exit(5));\nconsole.log('here');\nsetInterval(() => {}, 1_000);\n`;
const building = 'rondo: building out/node from the sources\n';

describe('the start script builds', () => {
  test('when nothing is built, and says so on standard error only', async () => {
    await using checkout = await makeCheckout(say('first'), ['esbuild']);
    expect(await checkout.start(['a', '--b', 'c d']).ended).toEqual({
      code: 0,
      signal: null,
      stdout: 'first a --b c d\n',
      stderr: building,
    });
    expect((await checkout.start([]).ended).stderr).toBe('');
  });

  test('again when a source changed, came or went', async () => {
    await using checkout = await makeCheckout(say('first'), ['esbuild']);
    await checkout.start([]).ended;
    await checkout.write('main/cli/main.ts', say('second'));
    expect(await checkout.start([]).ended).toMatchObject({ stdout: 'second\n', stderr: building });
    await checkout.write('shared/new.ts', 'export {};\n');
    expect((await checkout.start([]).ended).stderr).toBe(building);
    await checkout.remove('shared/new.ts');
    expect((await checkout.start([]).ended).stderr).toBe(building);
    expect((await checkout.start([]).ended).stderr).toBe('');
  });

  test('once for several starts at the same time, or more than once, but never half', async () => {
    await using checkout = await makeCheckout(say('whole'), ['esbuild']);
    const starts = await Promise.all(Array.from({ length: 6 }, () => checkout.start([]).ended));
    for (const { code, stdout } of starts) expect({ code, stdout }).toEqual({ code: 0, stdout: 'whole\n' });
  });

  test('or says that a source is broken, and does not run the old one', async () => {
    await using checkout = await makeCheckout(say('old'), ['esbuild']);
    await checkout.start([]).ended;
    await checkout.write('main/cli/main.ts', 'this is no program');
    const { code, stdout, stderr } = await checkout.start([]).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('out/node could not be built');
  });

  test('or, where esbuild is not installed, runs what is there or says what to do', async () => {
    await using built = await makeCheckout(say('shipped'), []);
    expect(await built.start([]).ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('npm ci'),
    });
    await built.write('out/node/rondo.mjs', say('shipped'));
    await built.write('out/node/derive-key-worker.mjs', '');
    expect(await built.start(['x']).ended).toMatchObject({ code: 0, stdout: 'shipped x\n', stderr: '' });
  });
});

describe('on a Node that is too old the start script', () => {
  test('passes everything on to the one that was brought along, and ends as it does', async () => {
    await using checkout = await makeCheckout(
      `process.stdin.pipe(process.stdout);\nprocess.exitCode = 7;\n${say('args')}console.log(process.env.RONDO_OWN_NODE, process.connected);\n`,
      ['esbuild', 'node'],
    );
    const { child, ended } = checkout.start(['a', '--b', 'c d'], { oldNode: 'first' });
    child.stdin?.end('from standard input\n');
    expect(await ended).toMatchObject({ code: 7, stdout: 'args a --b c d\nundefined true\nfrom standard input\n' });
  });

  test('passes signals on and dies of the same', async () => {
    await using checkout = await makeCheckout(stay, ['esbuild', 'node']);
    const first = checkout.start([], { oldNode: 'first' });
    await once(first.child.stdout ?? first.child, 'data');
    first.child.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 5, signal: null });
    const second = checkout.start([], { oldNode: 'first' });
    await once(second.child.stdout ?? second.child, 'data');
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  test('takes the second process with it when it is killed', async () => {
    await using checkout = await makeCheckout(stay, ['esbuild', 'node']);
    const { child, ended } = checkout.start([], { oldNode: 'first' });
    await once(child.stdout ?? child, 'data');
    child.kill('SIGKILL');
    // Standard output closes only when the second process, which inherited it, is gone too.
    expect(await ended).toMatchObject({ signal: 'SIGKILL', stdout: 'here\n' });
  });

  test('says what to install when there is no other, and when that one is too old as well', async () => {
    await using alone = await makeCheckout(say('never'), []);
    const expected = { code: 1, stdout: '', stderr: expect.stringContaining('it needs Node 22.14 or later') };
    expect(await alone.start([], { oldNode: 'first' }).ended).toMatchObject(expected);
    await using both = await makeCheckout(say('never'), ['esbuild', 'node']);
    expect(await both.start([], { oldNode: 'always' }).ended).toMatchObject(expected);
  });
});
