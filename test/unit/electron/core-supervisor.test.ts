import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { lockGraceMs, superviseCore } from '../../../main/electron/core-supervisor.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

/** A process that answers every call, as far as a supervisor sees one. `dies`: it ends before it answers anything. */
class SomeProcess extends EventEmitter {
  readonly dies: boolean;
  readonly locked: unknown[] = [];
  ended = false;
  /** Alive, and answers nothing any more. */
  isStuck = false;

  hasSpawned = false;

  constructor(dies: boolean) {
    super();
    this.dies = dies;
    if (dies) setImmediate(() => this.end());
    else setImmediate(() => this.spawn());
  }

  spawn(): void {
    this.hasSpawned = true;
    this.emit('spawn');
  }

  postMessage({ call, channel }: { call?: number; channel?: string }): void {
    if (call === undefined || this.dies || this.ended || this.isStuck) return;
    if (channel === 'vault.lock') this.locked.push(channel);
    setImmediate(() => this.emit('message', { answer: call, result: { ok: true, value: {} } }));
  }

  kill(): boolean {
    if (this.hasSpawned) setImmediate(() => this.end());
    return this.hasSpawned;
  }

  end(): void {
    this.ended = true;
    this.emit('exit', 0);
  }
}

const forever = () => new Promise<never>(() => {});

function supervised(dying: readonly number[] = [], sleep: (durationMs: number) => Promise<void> = forever) {
  const started: SomeProcess[] = [];
  let told = 0;
  const fork = () => {
    const child = new SomeProcess(dying.includes(started.length));
    started.push(child);
    return child;
  };
  const supervisor = superviseCore({
    // Of Electron's utility process this is what the supervisor calls.
    fork: fork as unknown as Parameters<typeof superviseCore>[0]['fork'],
    corePath: 'core.mjs',
    vaultDir: '/vault',
    marksDir: '/marks',
    environment: {},
    clock: { now: () => 0, sleep },
    onEvent: () => {},
    onUnexpectedEnd: () => {
      told += 1;
    },
  });
  const ask = () => supervisor.current().client('vault.status', {});
  return { supervisor, started, ask, told: () => told };
}

test('locking lets the core lock, ends its process, and has a fresh one ready', async () => {
  const { supervisor, started, ask, told } = supervised();
  expectOk(await ask());
  await supervisor.replace();
  expect(started.map(({ ended, locked }) => [ended, locked.length])).toEqual([
    [true, 1],
    [false, 0],
  ]);
  expectOk(await ask());
  expect(told()).toBe(0);
});

test('a core that ends by itself is replaced and told of, and what was asked of it is answered', async () => {
  const { started, ask, told } = supervised();
  expectOk(await ask());
  const open = ask();
  started[0]?.end();
  expect(expectFailure(await open).code).toBe('stopped');
  expect(told()).toBe(1);
  expectOk(await ask());
  expect(started).toHaveLength(2);
});

test('a core that never starts is started again only when somebody asks again', async () => {
  const { started, ask, told } = supervised([0, 1]);
  expect(expectFailure(await ask()).code).toBe('stopped');
  expect(started).toHaveLength(1);
  expect(expectFailure(await ask()).code).toBe('stopped');
  expectOk(await ask());
  expect(started).toHaveLength(3);
  expect(told()).toBe(0);
});

test('a core whose engine gave up is one that ended by itself', async () => {
  const { started, ask, told } = supervised();
  expectOk(await ask());
  started[0]?.emit('error', 'FatalError', 'somewhere in V8', '{}');
  started[0]?.end();
  expect(told()).toBe(1);
  expectOk(await ask());
});

test('a core that is to end before it has come up ends when it has', async () => {
  const { supervisor, started, ask } = supervised([], () => Promise.resolve());
  // Nobody can kill it yet.
  void ask();
  const [slow] = started;
  if (slow === undefined) throw new Error('no core was started');
  slow.isStuck = true;
  await supervisor.end();
  expect(slow.ended).toBe(true);
});

test('ending it for good starts nothing more', async () => {
  const { supervisor, started, ask } = supervised();
  expectOk(await ask());
  await supervisor.end();
  expect(expectFailure(await ask()).code).toBe('stopped');
  expect(started).toHaveLength(1);
});

test('ended before anybody asked for a core, it starts none either', async () => {
  const { supervisor, started, ask } = supervised();
  await supervisor.end();
  expect(expectFailure(await ask()).code).toBe('stopped');
  expect(started).toEqual([]);
});

test('a core that is stuck is ended all the same, after its grace and not before', async () => {
  const grace = Promise.withResolvers<void>();
  const asked: number[] = [];
  const { supervisor, started, ask } = supervised([], (durationMs) => {
    asked.push(durationMs);
    return grace.promise;
  });
  expectOk(await ask());
  const [stuck] = started;
  if (stuck === undefined) throw new Error('no core was started');
  stuck.isStuck = true;
  const replaced = supervisor.replace();
  await new Promise((resolve) => setImmediate(resolve));
  expect(stuck.ended).toBe(false);
  expect(asked).toEqual([lockGraceMs]);
  grace.resolve();
  await replaced;
  expect(stuck.ended).toBe(true);
  expectOk(await ask());
});
