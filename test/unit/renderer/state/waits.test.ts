import { describe, expect, test } from 'vitest';
import { afterTaking, lackingOf, waitOf, waitsForPerson } from '../../../../renderer/state/waits.ts';
import { whyByHand } from '../../../../renderer/text/plan.ts';
import type { Capability, Route } from '../../../../shared/contract/account.ts';
import type { Rotation } from '../../../../shared/contract/rotation.ts';
import { waitIsOver } from '../../../../shared/wait-over.ts';
import { sampleAccount, sampleRotation } from '../../../support/contract-samples.ts';

const guide = { act: 'delete', url: 'https://app.circleci.com', line: 'Delete it.' } as const;

const over: Rotation['steps'] = [{ name: 'retire-old', state: 'waiting', detail: waitIsOver }];
const error = { code: 'unauthorized', message: 'Refused.' } as const;

test.each<[Partial<Rotation>, ReturnType<typeof waitOf>, boolean]>([
  [{ state: 'waiting', guide }, 'delete', true],
  [{ state: 'waiting' }, 'taking', true],
  [{ state: 'waiting', retireDueAt: '2026-11-26T12:00:00.000Z' }, 'time', false],
  [{ state: 'waiting', retireDueAt: '2026-11-26T12:00:00.000Z', guide }, 'delete', true],
  [{ state: 'waiting', steps: over }, 'over', false],
  [{ state: 'waiting', steps: over, retireDueAt: '2026-11-26T12:00:00.000Z' }, 'over', false],
  [{ state: 'waiting', steps: over, error }, 'overdue', true],
  [{ state: 'waiting', steps: over, guide }, 'delete', true],
  [{ state: 'needs-attention' }, undefined, true],
  [{ state: 'needs-attention', guide }, 'delete', true],
  [{ state: 'running' }, undefined, false],
  [{ state: 'done' }, undefined, false],
])('%o waits for %s', (part, wait, isPerson) => {
  const rotation = { ...sampleRotation(), ...part };
  expect(waitOf(rotation)).toBe(wait);
  expect(waitsForPerson(rotation)).toBe(isPerson);
});

test('what becomes of the old token once a value is taken is asked only where that is waited for', () => {
  const after = (part: Partial<Rotation>) => afterTaking({ ...sampleRotation(), state: 'waiting', ...part });
  expect(after({})).toBe('deleted');
  expect(after({ byHand: ['retire-old'] })).toBe('by-hand');
  expect(after({ retireDueAt: '2026-11-26T12:00:00.000Z' }), 'it waits for its time').toBeUndefined();
  expect(after({ steps: over })).toBeUndefined();
  expect(after({ state: 'done' })).toBeUndefined();
});

describe('what a host was found to lack', () => {
  const lacking = (known: Partial<Record<Route, Capability>>) => {
    const account = sampleAccount();
    return lackingOf(
      { capabilities: { ...account.capabilities, ...known } },
      { kind: 'project', project: 'gh/acme/web' },
    );
  };
  const refusedIn = (refusedCreates: string[], token: { kind: 'personal' | 'project'; project?: string }) =>
    lackingOf({ capabilities: sampleAccount().capabilities, refusedCreates }, token);

  test('has it done by hand where Rondo would not come to an end', () => {
    expect(lacking({ 'project.create': 'absent' }).isByHand).toBe(true);
    expect(lacking({ 'project.list': 'absent' }).isByHand).toBe(true);
    expect(lacking({ 'project.delete': 'absent' }).isByHand, 'handed over when it comes').toBe(false);
    expect(lacking({ 'personal.create': 'absent' }).isByHand, 'another kind').toBe(false);
  });

  test('is nothing of what it refused to another account, or in another place', () => {
    const other = lacking({ 'project.create': 'refused', 'project.list': 'refused', 'project.delete': 'refused' });
    expect(other).toEqual({ absent: [], isRefused: false, isByHand: false });
    const web = { kind: 'project', project: 'gh/acme/web' } as const;
    expect(refusedIn(['gh/acme/api', 'personal'], web).isByHand).toBe(false);
    expect(refusedIn(['gh/acme/web'], web)).toEqual({ absent: [], isRefused: true, isByHand: true });
    expect(refusedIn(['gh/acme/web'], { kind: 'personal' }).isByHand).toBe(false);
    expect(refusedIn(['personal'], { kind: 'personal' }).isByHand).toBe(true);
  });

  test('is said', () => {
    const found = { ...lacking({ 'project.list': 'absent', 'project.create': 'absent' }), isRefused: true };
    expect(whyByHand('Meridian', 'project', found)).toBe(
      'Meridian has no route to list and create project tokens. As Meridian, Rondo was refused there when it last tried to create a project token.',
    );
    expect(whyByHand('Meridian', 'project', lacking({}))).toBeUndefined();
  });
});
