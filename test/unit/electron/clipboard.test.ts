import { expect, test, vi } from 'vitest';
import { clearAfterMs, createValueClipboard } from '../../../main/electron/clipboard.ts';
import type { Clipboard } from '../../../shared/contract/window.ts';

vi.mock('electron', () => ({
  ClipboardItem: class {
    readonly items: Readonly<Record<string, string>>;
    constructor(items: Record<string, string>) {
      this.items = items;
    }
  },
}));

interface Sleep {
  readonly durationMs: number;
  readonly wake: () => void;
}

/** A clipboard of this test, whose every act waits until it is let through. */
function world(change: { readonly isAbsent?: true; readonly platform?: NodeJS.Platform } = {}) {
  const sleeps = new Set<Sleep>();
  const states: Clipboard[] = [];
  const written: unknown[] = [];
  const desktop = { text: '', gate: Promise.resolve(), unreadable: false, stubborn: false, onClear: () => {} };
  const write = async (text: string) => {
    await desktop.gate;
    if (change.isAbsent) throw new Error('no clipboard');
    desktop.text = text;
  };
  const clipboard = createValueClipboard({
    system: {
      write(entries) {
        // What Rondo makes of Electron's class is the double above.
        const [{ items }] = entries.map(Object);
        written.push(items);
        return write(items['text/plain']);
      },
      writeText: write,
      async readText() {
        await desktop.gate;
        if (desktop.unreadable) throw new Error('not now');
        return desktop.text;
      },
      clear() {
        if (!desktop.stubborn) desktop.text = '';
        desktop.onClear();
      },
    },
    platform: change.platform ?? 'linux',
    clock: {
      now: () => 0,
      sleep: (durationMs, signal) =>
        new Promise((resolve, reject) => {
          const sleep = { durationMs, wake: resolve };
          sleeps.add(sleep);
          signal?.addEventListener('abort', () => {
            sleeps.delete(sleep);
            reject(signal.reason);
          });
        }),
    },
    changed: (state) => states.push(state),
  });
  return { clipboard, desktop, sleeps, states, written };
}

const bytes = (text: string) => new TextEncoder().encode(text);

const no32 = String.fromCharCode(0, 0, 0, 0);

test.each([
  ['darwin', { 'electron application/osclipboard;format="org.nspasteboard.ConcealedType"': '' }],
  [
    'win32',
    {
      'electron application/osclipboard;format="ExcludeClipboardContentFromMonitorProcessing"': '',
      'electron application/osclipboard;format="CanIncludeInClipboardHistory"': no32,
      'electron application/osclipboard;format="CanUploadToCloudClipboard"': no32,
    },
  ],
  ['linux', { 'electron application/osclipboard;format="x-kde-passwordManagerHint"': 'secret' }],
] as const)('on %s a value carries the mark that keeps it out of histories', async (platform, marks) => {
  const { clipboard, written } = world({ platform });
  expect(await clipboard.copy('a', bytes('value'))).toMatchObject({ state: 'holding', marked: true });
  expect(written).toEqual([{ 'text/plain': 'value', ...marks }]);
});

test('where there is no mark the value is copied without one, and that is said', async () => {
  const { clipboard, desktop, written } = world({ platform: 'freebsd' });
  expect(await clipboard.copy('a', bytes('value'))).toMatchObject({ state: 'holding', marked: false });
  expect(desktop.text).toBe('value');
  expect(written).toEqual([]);
});

test('is cleared after 30 s if it is still ours, and left alone if it is not', async () => {
  const { clipboard, desktop, sleeps, states } = world();
  const value = bytes('first');
  await clipboard.copy('a', value);
  expect(value.every((byte) => byte === 0)).toBe(true);
  expect([...sleeps].map(({ durationMs }) => durationMs)).toEqual([clearAfterMs]);
  for (const sleep of sleeps) sleep.wake();
  await expect.poll(() => clipboard.state()).toEqual({ state: 'cleared', token: 'a' });
  expect(desktop.text).toBe('');
  await clipboard.copy('b', bytes('second'));
  desktop.text = "somebody's own";
  expect(await clipboard.clear()).toEqual({ state: 'replaced', token: 'b' });
  expect(desktop.text).toBe("somebody's own");
  expect(states.map(({ state }) => state)).toEqual(['holding', 'cleared', 'holding', 'replaced']);
});

test('two copies at once: the later one stays, with one timer', async () => {
  const { clipboard, desktop, sleeps } = world();
  await Promise.all([clipboard.copy('a', bytes('first')), clipboard.copy('b', bytes('second'))]);
  expect(desktop.text).toBe('second');
  expect(clipboard.state()).toMatchObject({ state: 'holding', token: 'b' });
  expect(sleeps.size).toBe(1);
});

test('quitting in the middle of a copy clears what it puts there', async () => {
  const { clipboard, desktop } = world();
  const gate = Promise.withResolvers<void>();
  desktop.gate = gate.promise;
  const copying = clipboard.copy('a', bytes('value'));
  const clearing = clipboard.clear();
  gate.resolve();
  await Promise.all([copying, clearing]);
  expect(desktop.text).toBe('');
  expect(clipboard.state()).toEqual({ state: 'cleared', token: 'a' });
});

test('a clipboard that cannot be read when its time is over is tried again by itself', async () => {
  const { clipboard, desktop, sleeps } = world();
  await clipboard.copy('a', bytes('value'));
  desktop.unreadable = true;
  const due = [...sleeps];
  for (const sleep of due) sleep.wake();
  await expect
    .poll(() => [...sleeps].filter((sleep) => !due.includes(sleep)).map(({ durationMs }) => durationMs))
    .toEqual([5_000]);
  desktop.unreadable = false;
  for (const sleep of sleeps) sleep.wake();
  await expect.poll(() => clipboard.state()).toEqual({ state: 'cleared', token: 'a' });
  expect(desktop.text).toBe('');
});

test('a clipboard that cannot be read is tried again', async () => {
  const { clipboard, desktop, sleeps } = world();
  await clipboard.copy('a', bytes('value'));
  desktop.unreadable = true;
  for (const sleep of sleeps) sleep.wake();
  await expect(clipboard.clear()).rejects.toMatchObject({ code: 'unsupported' });
  expect(clipboard.state()).toMatchObject({ state: 'holding' });
  desktop.unreadable = false;
  expect(await clipboard.clear()).toEqual({ state: 'cleared', token: 'a' });
  expect(desktop.text).toBe('');
});

test('a desktop without one says so, and what to do instead', async () => {
  const { clipboard } = world({ isAbsent: true });
  const refused = { code: 'unsupported', hint: expect.stringMatching(/xclip.*Reveal/) };
  await expect(clipboard.copy('a', bytes('value'))).rejects.toMatchObject(refused);
  await expect(clipboard.copyText('receipt')).rejects.toMatchObject(refused);
  expect(clipboard.state()).toEqual({ state: 'empty' });
});

test('what is still there after clearing is not said to be cleared, and tried again', async () => {
  const { clipboard, desktop, states } = world();
  await clipboard.copy('a', bytes('value'));
  desktop.stubborn = true;
  await expect(clipboard.clear()).rejects.toMatchObject({ code: 'unsupported', message: /still there/ });
  expect(clipboard.state()).toMatchObject({ state: 'holding' });
  desktop.stubborn = false;
  expect(await clipboard.clear()).toEqual({ state: 'cleared', token: 'a' });
  expect(states.map(({ state }) => state)).toEqual(['holding', 'cleared']);
});

test('what could not be looked at after clearing is said to be cleared once it was, whoever copied since', async () => {
  const { clipboard, desktop } = world();
  await clipboard.copy('a', bytes('value'));
  desktop.onClear = () => {
    desktop.unreadable = true;
  };
  await expect(clipboard.clear()).rejects.toMatchObject({ code: 'unsupported' });
  expect(clipboard.state()).toMatchObject({ state: 'holding' });
  desktop.unreadable = false;
  desktop.text = "somebody's own";
  expect(await clipboard.clear()).toEqual({ state: 'cleared', token: 'a' });
  expect(desktop.text).toBe("somebody's own");
});

test('text that takes the place of a value ends its time, and the panel is told that it is gone', async () => {
  const { clipboard, desktop, sleeps, states } = world();
  await clipboard.copy('a', bytes('first'));
  await clipboard.copyText('a receipt');
  expect(desktop.text).toBe('a receipt');
  expect(states.at(-1)).toEqual({ state: 'replaced', token: 'a' });
  expect(clipboard.state()).toEqual({ state: 'replaced', token: 'a' });
  expect(sleeps.size, 'nothing is left to clear').toBe(0);
  await clipboard.clear();
  expect(desktop.text).toBe('a receipt');
});

test('text that could not be written leaves the value held', async () => {
  const { clipboard, desktop, sleeps } = world();
  await clipboard.copy('a', bytes('first'));
  desktop.gate = Promise.reject(new Error('not now'));
  await expect(clipboard.copyText('a receipt')).rejects.toMatchObject({ code: 'unsupported' });
  expect(clipboard.state()).toMatchObject({ state: 'holding', token: 'a' });
  expect(sleeps.size).toBe(1);
});
