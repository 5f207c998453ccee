import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { superviseCore } from '../../../main/electron/core-supervisor.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

/** A process that answers every call, as far as a supervisor sees one. `dies`: it ends before it answers anything. */
class SomeProcess extends EventEmitter {
  readonly dies: boolean;
  readonly locked: unknown[] = [];
  ended = false;

  constructor(dies: boolean) {
    super();
    this.dies = dies;
    if (dies) setImmediate(() => this.end());
  }

  postMessage({ call, channel }: { call?: number; channel?: string }): void {
    if (call === undefined || this.dies || this.ended) return;
    if (channel === 'vault.lock') this.locked.push(channel);
    setImmediate(() => this.emit('message', { answer: call, result: { ok: true, value: {} } }));
  }

  kill(): boolean {
    setImmediate(() => this.end());
    return true;
  }

  end(): void {
    this.ended = true;
    this.emit('exit', 0);
  }
}

function supervised(dying: readonly number[] = []) {
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
    environment: {},
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

test('ending it for good starts nothing more', async () => {
  const { supervisor, started, ask } = supervised();
  expectOk(await ask());
  await supervisor.end();
  expect(expectFailure(await ask()).code).toBe('stopped');
  expect(started).toHaveLength(1);
});
