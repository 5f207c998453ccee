import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextStep, planRotation, withStep } from '../../../main/rotation/plan.ts';
import { stepNames } from '../../../shared/contract/rotation.ts';
import { tokenRecord } from '../../support/token-records.ts';

const at = '2026-11-23T08:00:00.000Z';
const place = { kind: 'project', slug: 'gh/acme/web' } as const;
const wish = { keep: false, guided: false, mode: 'overlap', retire: 'now' } as const;
const day = 86_400_000;

const lifetimeDays = (given: { createdAt?: string; expiresAt?: string }) => {
  const { lifetimeMs } = planRotation(tokenRecord(given), { kind: 'personal' }, wish, at).request;
  return lifetimeMs === undefined ? undefined : lifetimeMs / day;
};

describe('the plan of a rotation', () => {
  test('asks for the same again, under the same label or a new one', () => {
    const old = tokenRecord({ label: 'deploy', wireScope: 'trigger-builds', access: 'write' });
    expect(planRotation(old, place, wish, at)).toMatchObject({
      oldRemoteId: old.remoteId,
      request: { label: 'deploy', wireScope: 'trigger-builds', access: 'write' },
      state: 'planned',
      startedAt: at,
    });
    expect(planRotation(old, place, { ...wish, label: 'new' }, at).request.label).toBe('new');
    expect(planRotation(tokenRecord({ label: 'x' }), place, wish, at).request).not.toHaveProperty('lifetimeMs');
  });

  test.each([
    [{ createdAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-04-01T00:00:00.000Z' }, 90],
    [{ createdAt: '2024-01-01T00:00:00.000Z', expiresAt: '2027-01-01T00:00:00.000Z' }, 365],
    [{ createdAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T01:00:00.000Z' }, 1],
    [{ expiresAt: '2026-04-01T00:00:00.000Z' }, 90],
    [{ createdAt: '2026-01-01T00:00:00.000Z' }, undefined],
  ])('keeps a lifetime of %j: %s days', (given, days) => {
    expect(lifetimeDays(given)).toBe(days);
  });

  test('never asks for less than a day or more than a year, whatever dates CircleCI gave', () => {
    const instant = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    fc.assert(
      fc.property(instant, instant, (createdAt, expiresAt) => {
        const days = lifetimeDays({ createdAt, expiresAt }) ?? 0;
        expect(days).toBeGreaterThanOrEqual(1);
        expect(days).toBeLessThanOrEqual(365);
      }),
    );
  });

  test('goes through the steps in their order, past what is done or skipped', () => {
    let record = { ...planRotation(tokenRecord(), place, wish, at), id: 'r' };
    const passed: string[] = [];
    for (let name = nextStep(record); name !== undefined; name = nextStep(record)) {
      passed.push(name);
      record = withStep(record, { name, state: name === 'deliver' ? 'skipped' : 'done' });
    }
    expect(passed).toEqual(stepNames);
  });

  test('in cut-over the old one goes first, and nothing is waited for', () => {
    const planned = planRotation(tokenRecord(), place, { ...wish, mode: 'cut-over', retire: 'taken' }, at);
    expect(planned).toMatchObject({ mode: 'cut-over', retire: 'now' });
    expect(planned.steps.map(({ name }) => name)).toEqual([
      ...['plan', 'retire-old', 'prove-old-gone', 'create', 'prove-new', 'deliver'],
    ]);
  });
});
