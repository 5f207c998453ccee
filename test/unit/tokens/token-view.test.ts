import { expect, test } from 'vitest';
import { stateOf, tokenView } from '../../../main/tokens/token-view.ts';
import { token } from '../../../shared/contract/token.ts';
import { tokenRecord } from '../../support/token-records.ts';

const past = '2026-10-01T00:00:00.000Z';
const now = '2026-11-23T08:00:00.000Z';
const future = '2027-10-01T00:00:00.000Z';

test('the first state that fits wins', () => {
  const everything = { revokedAt: past, goneAt: past, leakedAt: past, expiresAt: past };
  expect(stateOf(tokenRecord(everything), now)).toBe('revoked');
  const { revokedAt: _revoked, ...gone } = everything;
  expect(stateOf(tokenRecord(gone), now)).toBe('gone');
  const { goneAt: _gone, ...leaked } = gone;
  expect(stateOf(tokenRecord(leaked), now)).toBe('leaked');
  expect(stateOf(tokenRecord({ expiresAt: past }), now)).toBe('expired');
  expect(stateOf(tokenRecord({ expiresAt: now }), now)).toBe('expired');
  expect(stateOf(tokenRecord({ expiresAt: future }), now)).toBe('active');
});

test('a view is what the contract says, with scopes as people say them', () => {
  const record = tokenRecord({
    expiresAt: future,
    owner: 'ada',
    note: 'n',
    tail: 'beef',
    access: 'read',
    rotatedFrom: tokenRecord().id,
  });
  const view = tokenView(record, now);
  expect(token.parse(view)).toEqual(view);
  expect(view).toMatchObject({ scope: 'read-only', dueAt: future, hasValue: 'none', tail: 'beef' });
  expect(view).not.toHaveProperty('fingerprint');
});

test('a scope that nobody knows is shown as the wire says it', () => {
  expect(tokenView(tokenRecord({ wireScope: 'trigger-builds' }), now).scope).toBe('trigger-builds');
  expect(tokenView(tokenRecord({ wireScope: 'constructor' }), now).scope).toBe('constructor');
});
