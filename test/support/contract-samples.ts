import type { Account } from '../../shared/contract/account.ts';
import type { AuditEntry } from '../../shared/contract/audit.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';

export const accountId = 'a'.repeat(32);
export const tokenId = 'b'.repeat(32);
export const newTokenId = 'c'.repeat(32);
export const rotationId = 'd'.repeat(32);
export const jobId = 'e'.repeat(32);

/** Believable values of the contract; what a test is about is given by the test. */
export function sampleAccount(change: Partial<Account> = {}): Account {
  return {
    id: accountId,
    name: 'work',
    host: 'https://circleci.com',
    login: 'ada',
    userId: 'u1',
    kind: 'cloud',
    capabilities: {
      'personal.list': 'unknown',
      'personal.create': 'unknown',
      'personal.delete': 'unknown',
      'project.list': 'unknown',
      'project.create': 'unknown',
      'project.delete': 'unknown',
    },
    ...change,
  };
}

export function sampleToken(change: Partial<Token> = {}): Token {
  return {
    id: tokenId,
    account: accountId,
    kind: 'project',
    project: 'gh/acme/web',
    scope: 'read-only',
    label: 'deploy',
    remoteId: 'r1',
    createdAt: '2026-01-02T03:04:05.000Z',
    firstSeenAt: '2026-02-01T00:00:00.000Z',
    lastSeenAt: '2026-11-01T00:00:00.000Z',
    state: 'active',
    hasValue: 'none',
    tail: 'wxyz',
    tags: [],
    ...change,
  };
}

export function sampleRotation(change: Partial<Rotation> = {}): Rotation {
  return {
    id: rotationId,
    token: tokenId,
    replacement: newTokenId,
    mode: 'overlap',
    retire: 'now',
    guided: false,
    state: 'done',
    steps: [
      { name: 'plan', state: 'done' },
      { name: 'create', state: 'done' },
      { name: 'prove-new', state: 'done' },
      { name: 'deliver', state: 'skipped' },
      { name: 'retire-old', state: 'done' },
      { name: 'prove-old-gone', state: 'done' },
    ],
    startedAt: '2026-11-23T10:00:00.000Z',
    finishedAt: '2026-11-23T10:00:02.000Z',
    receipt: {
      old: { id: tokenId, tail: 'wxyz' },
      new: { id: newTokenId, tail: 'mnop' },
      proofs: [
        { what: 'the new token works', asked: 'GET /x', answered: '200', at: '2026-11-23T10:00:01.000Z', ok: true },
        {
          what: 'the old token is refused',
          asked: 'GET /x',
          answered: '401',
          at: '2026-11-23T10:00:02.000Z',
          ok: true,
        },
      ],
      delivered: [],
      overlapMs: 500,
    },
    ...change,
  };
}

export function sampleJob(change: Partial<Job> = {}): Job {
  return {
    id: jobId,
    title: 'Laptop lost',
    mode: 'cut-over',
    state: 'done',
    startedAt: '2026-11-23T10:00:00.000Z',
    finishedAt: '2026-11-23T10:04:00.000Z',
    total: 1,
    counts: {
      pending: 0,
      running: 0,
      paused: 0,
      waiting: 0,
      done: 1,
      'needs-attention': 0,
      failed: 0,
      abandoned: 0,
      left: 0,
    },
    items: [
      {
        token: tokenId,
        mode: 'cut-over',
        dangers: ['leaked', 'read'],
        state: 'done',
        rotation: rotationId,
        at: '2026-11-23T10:00:02.000Z',
      },
    ],
    ...change,
  };
}

export function sampleEntry(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: '2026-11-23T10:00:00.000Z',
    actor: 'command line',
    action: 'token.create',
    subject: tokenId,
    outcome: 'ok',
    hash: 'f'.repeat(64),
    ...change,
  };
}
