import { describe, expect, test } from 'vitest';
import type { TokenFilter } from '../../../shared/contract/token.ts';
import { compareTokens } from '../../../shared/token-list.ts';
import { alike } from '../../support/alike-ids.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { withRows } from '../../support/in-between.ts';

const day = 86_400_000;

async function labels(connected: ConnectedCore, filter: TokenFilter): Promise<string[]> {
  return expectOk(await connected.client('token.list', filter)).tokens.map(({ label }) => label);
}

describe('the list', () => {
  test('is sorted by account, project, label, time, id, asks nobody, and shows every state', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const { id } = await connected.pick({ label: 'danger' });
    expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }));
    const asked = connected.between.asked.length;
    const tokens = await connected.tokens();
    expect(tokens.toSorted(compareTokens)).toEqual(tokens);
    expect(tokens.slice(0, 8).map(({ project = 'personal', label }) => `${project} ${label}`)).toEqual([
      'personal circleci-cli',
      'personal editor-extension',
      'personal hackday',
      'personal old-laptop',
      'personal release-please',
      'personal rondo',
      'personal terraform',
      'bb/tidewater-finance/billing deploy-bot',
    ]);
    expect(new Set(tokens.map(({ state }) => state))).toEqual(new Set(['active', 'expired', 'revoked']));
    expect(connected.between.asked).toHaveLength(asked);
  });

  test.each<[string, TokenFilter, string[]]>([
    ['kind', { kind: 'personal', search: 'write' }, ['hackday', 'release-please']],
    ['project', { project: 'gh/tidewater/mobile' }, ['fastlane', 'status badge']],
    ['project in its long spelling', { project: 'github/tidewater/mobile' }, ['fastlane', 'status badge']],
    ['scope', { scope: 'read-only' }, ['grafana-exporter', 'chromatic', 'danger', 'grafana-exporter']],
    ['state', { state: 'expired' }, ['hackday']],
    ['age', { olderThanMs: 1_600 * day }, ['old-laptop']],
    ['coming expiry', { expiresWithinMs: 8 * day }, ['editor-extension', 'terraform']],
    ['every word of a search', { search: 'TIDEWATER/web  admin' }, ['deploy-bot']],
    ['several of them', { kind: 'project', scope: 'status', search: 'web' }, ['status badge']],
    ['a scope that nobody has', { scope: 'constructor' }, []],
  ])('is filtered by %s', async (_what, filter, expected) => {
    await using connected = await connectedCore();
    expect(await labels(connected, filter)).toEqual(expected);
  });

  test('is filtered by what the vault knows, and by account', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    expectOk(await connected.client('token.edit', { id, owner: 'ada', tags: ['prod', 'web'], note: 'In Danger.' }));
    for (const filter of [{ owner: 'ada' }, { tag: 'prod' }, { search: 'in danger.' }, { search: 'prod ada' }]) {
      expect(await labels(connected, filter)).toEqual(['danger']);
    }
    expect(await labels(connected, { tag: 'pro' })).toEqual([]);
    expect(await labels(connected, { account: connected.account.slice(0, 6) })).toHaveLength(20);
    expect(expectFailure(await connected.client('token.list', { account: 'ffffff' })).code).toBe('not-found');
  });

  test('shows what CircleCI holds unharmed, whatever it is', async () => {
    await using connected = await connectedCore();
    const odd = ['🎏 deploy 👩‍👩‍👧', 'شعار', 'right\u202eleft', 'two\nlines', '__proto__', 'x'.repeat(5_000)];
    connected.between.twist = ({ method, path }, ask) => {
      let next = 0;
      return method === 'GET' && path.endsWith('/web/token')
        ? withRows(ask, (row) => ({
            ...row,
            label: odd[next++] ?? 'more',
            scope: next === 2 ? 'trigger-builds' : row.scope,
          }))
        : ask();
    };
    expectOk(await connected.client('sync.run', {}));
    const tokens = expectOk(await connected.client('token.list', { project: 'gh/tidewater/web' })).tokens;
    expect(new Set(tokens.map(({ label }) => label))).toEqual(new Set(odd.slice(0, 4)));
    expect(tokens.find(({ label }) => label === 'شعار')).toMatchObject({ scope: 'trigger-builds' });
    expect(await labels(connected, { search: '👩‍👩‍👧' })).toEqual([odd[0]]);
    expect(await labels(connected, { scope: 'trigger-builds' })).toEqual(['شعار']);
  });
});

describe('showing one', () => {
  test('takes a unique prefix of its id', async () => {
    await using connected = await connectedCore();
    const token = await connected.pick({ label: 'danger' });
    const shown = expectOk(await connected.client('token.show', { id: token.id.slice(0, 8).toUpperCase() }));
    expect(shown).toEqual({ token, history: [], destinations: [] });
  });

  test('an id of another noun is not a token', async () => {
    await using connected = await connectedCore();
    expect(expectFailure(await connected.client('token.show', { id: connected.account })).code).toBe('not-found');
  });

  test('a prefix of several is ambiguous, and says which', async () => {
    await using connected = await connectedCore({ random: alike() });
    const error = expectFailure(await connected.client('token.show', { id: 'ababab' }));
    expect(error.code).toBe('ambiguous');
    expect(error.details?.ids).toHaveLength(20);
  });
});
