import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import type { Twist } from '../../support/in-between.ts';
import { withRows } from '../../support/in-between.ts';

const day = 86_400_000;

interface Ignored {
  readonly without?: readonly string[];
  readonly instead?: object;
}

/** A host that does not know these fields by their names, and makes what it makes without them. */
function ignoring(url: string, { without = [], instead = {} }: Ignored): Twist {
  return async ({ method, path, value = '', body }, ask) => {
    if (method !== 'POST') return ask();
    const known = Object.entries(JSON.parse(body)).filter(([name]) => !without.includes(name));
    const answer = await fetch(new URL(path, url), {
      method,
      headers: { 'circle-token': value, 'content-type': 'application/json' },
      body: JSON.stringify({ ...Object.fromEntries(known), ...instead }),
    });
    return { status: answer.status, body: await answer.text() };
  };
}

describe('what CircleCI makes otherwise than asked stops the rotation before the old token goes', () => {
  test.each([
    ['access', 'editor-extension', { without: ['scope'] }, /asked for the access read, it has admin\. /],
    ['scope', 'danger', { instead: { scope: 'all' } }, /asked for the scope view-builds, it has all\. /],
    [
      'a later expiry',
      'editor-extension',
      { without: ['expires_at'] },
      /asked to expire on 2027-02-21, it does on 2027-11-23\. /,
    ],
    [
      'a much sooner expiry',
      'editor-extension',
      { instead: { expires_at: '2026-12-01' } },
      /2027-02-21, it does on 2026-12-01\. /,
    ],
  ])('%s', async (_what, label, ignored, says) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label });
    connected.between.twist = ignoring(connected.sandbox.url, ignored);

    const rotation = await connected.rotate(old);

    expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
    expect(rotation.steps.find(({ state }) => state === 'failed')?.name).toBe('prove-new');
    expect(rotation.error?.message).toMatch(says);
    expect(rotation.error?.message).toMatch(/The old token was not touched\.$/);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    connected.between.twist = undefined;
    expect(await connected.resume(), 'it is still so').toMatchObject([{ state: 'needs-attention' }]);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });

  test('no expiry, where the list gives that of others', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'editor-extension' });
    const without = (row: object) => ({ ...row, expires_at: null });
    connected.between.twist = async ({ path, method }, ask) => {
      if (!path.endsWith('/user/token') || method === 'DELETE') return ask();
      if (method === 'GET') {
        return withRows(ask, (row) => (row.label === old.label && row.id !== old.remoteId ? without(row) : row));
      }
      const said = await ask();
      return { ...said, body: JSON.stringify(without(JSON.parse(said.body))) };
    };
    const rotation = await connected.rotate(old);
    expect(rotation.state).toBe('needs-attention');
    expect(rotation.error?.message).toMatch(/asked to expire on 2027-02-21, it never does\. /);
  });

  test('in cut-over it does not say that the old token works', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'editor-extension' });
    connected.between.twist = ignoring(connected.sandbox.url, { without: ['scope'] });
    const rotation = await connected.rotate(old, { mode: 'cut-over' });
    expect(rotation).toMatchObject({ state: 'needs-attention' });
    expect(rotation.error?.message).toMatch(
      /it has admin\. The old token is deleted already; the new one is in the vault\.$/,
    );
  });

  test("and Rondo does not sign in with it where the token was Rondo's own", async () => {
    await using connected = await connectedCore();
    const { between, sandbox } = connected;
    between.twist = ignoring(sandbox.url, { instead: { scope: 'read' } });
    const rotation = await connected.rotate(await connected.pick({ label: 'rondo' }));
    expect(rotation.state).toBe('needs-attention');
    between.twist = undefined;
    const asked = between.asked.length;
    await connected.client('sync.run', {});
    expect(new Set(between.asked.slice(asked).map(({ value }) => value))).toEqual(new Set([sandbox.personalToken]));
  });
});

describe('what is no contradiction', () => {
  test('facts that the host never tells', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'editor-extension' });
    const bare = ({ scope: _scope, expires_at: _expiry, ...row }: Record<string, unknown>) => row;
    connected.between.twist = async (asked, ask) => {
      if (!asked.path.endsWith('/user/token')) return ask();
      const said = asked.method === 'POST' ? await ask() : await withRows(ask, bare);
      return asked.method === 'POST' ? { ...said, body: JSON.stringify(bare(JSON.parse(said.body))) } : said;
    };
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  });

  test('an expiry at the end of that day', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'editor-extension' });
    connected.between.twist = ignoring(connected.sandbox.url, {
      instead: { expires_at: new Date(Date.parse('2027-02-21T08:00:00Z') + day).toISOString() },
    });
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  });
});
