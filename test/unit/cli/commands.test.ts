import type { DamageReport } from '../../../shared/contract/vault.ts';
import { all, allTyped, type Case, testCommands } from '../../support/command-case.ts';
import {
  accountId,
  sampleAccount,
  sampleEntry,
  sampleRotation,
  sampleToken,
  tokenId,
} from '../../support/contract-samples.ts';

const account = sampleAccount();
const token = sampleToken();
const rotation = sampleRotation();
const tokens = { tokens: [token] };
const rotations = { rotations: [rotation] };
const projects = { projects: [{ slug: 'gh/acme/web', account: accountId, name: 'web', watched: 'added' as const }] };
const shown = { token, history: [sampleEntry()], destinations: [] };
const checks = { checks: [{ id: tokenId, state: 'works' as const }] };
const synced = { sync: { accounts: 1, projects: 2, tokens: 3, added: 1, changed: 0, gone: 0, failed: [] } };
const damageReport: DamageReport = {
  damaged: [
    {
      id: 'a'.repeat(32),
      kind: 'record',
      reason: 'does not open',
      recordKind: 'token',
      remedy: 'from-backup',
      backup: { path: '/v/b.rondo', createdAt: '2026-11-25T20:00:00.000Z' },
    },
  ],
  proven: true,
};

const cases: readonly Case[] = [
  {
    typed: 'vault status',
    answers: { 'vault.status': () => ({ vault: { path: '/v', exists: true, format: 1, locked: true } }) },
    asked: [],
    document: { vault: { path: '/v', exists: true, format: 1, locked: true } },
  },
  {
    typed: 'vault status',
    answers: { 'vault.status': () => ({ vault: { path: '/v', exists: false, locked: true } }) },
    asked: [],
    document: { vault: { path: '/v', exists: false, format: null, locked: true } },
  },
  {
    typed: 'vault verify',
    answers: { 'vault.verify': () => ({ ok: true, records: 4, damaged: [] }) },
    asked: [['vault.verify', {}]],
    document: { ok: true, records: 4, damaged: [] },
  },
  {
    typed: 'vault repair --dry-run',
    answers: { 'vault.damage': () => damageReport },
    asked: [['vault.damage', {}]],
    document: damageReport,
  },
  {
    typed: 'vault repair --set-aside SET-ASIDE --confirm REPAIR',
    answers: { 'vault.repair': () => ({ ...damageReport, kept: '/v.kept' }) },
    asked: [['vault.repair', { confirm: 'REPAIR', setAside: 'SET-ASIDE' }]],
    document: { ...damageReport, kept: '/v.kept' },
  },
  {
    typed: 'account list',
    answers: { 'account.list': () => ({ accounts: [account] }) },
    asked: [['account.list', {}]],
    document: { accounts: [account] },
  },
  {
    typed: 'account remove aaaaaa',
    answers: {
      'account.remove': () => ({ account }),
      'token.list': () => ({ tokens: [] }),
      'rotation.list': () => ({ rotations: [] }),
    },
    asked: [
      ['account.remove', { id: 'aaaaaa' }],
      ['token.list', {}],
      ['rotation.list', {}],
    ],
    document: { account, openRotations: 0 },
  },
  {
    typed: 'project add gh/acme/web gh/acme/api --account aaaaaa',
    answers: { 'project.add': () => projects },
    asked: [['project.add', { slugs: ['gh/acme/web', 'gh/acme/api'], account: 'aaaaaa' }]],
    document: projects,
  },
  {
    typed: 'project list',
    answers: { 'project.list': () => projects },
    asked: [['project.list', {}]],
    document: projects,
  },
  {
    typed: 'project remove gh/acme/web',
    answers: { 'project.remove': () => projects },
    asked: [['project.remove', { slug: 'gh/acme/web' }]],
    document: projects,
  },
  {
    typed: 'sync --account aaaaaa',
    answers: { 'sync.run': () => synced },
    asked: [['sync.run', { account: 'aaaaaa' }]],
    document: synced,
  },
  { typed: 'sync', answers: { 'sync.run': () => synced }, asked: [['sync.run', {}]], document: synced },
  {
    typed: 'token list',
    answers: { 'token.list': () => tokens },
    asked: [['token.list', {}]],
    document: tokens,
  },
  {
    typed: `token list ${allTyped}`,
    answers: { 'token.list': () => tokens },
    asked: [['token.list', all]],
    document: tokens,
  },
  {
    typed: 'token show bbbbbb',
    answers: { 'token.show': () => shown },
    asked: [['token.show', { id: 'bbbbbb' }]],
    document: shown,
  },
  {
    typed: 'token create personal --account aaaaaa --label laptop --expires 2w --access read --keep',
    answers: { 'token.create-personal': () => ({ token }) },
    asked: [
      [
        'token.create-personal',
        { account: 'aaaaaa', label: 'laptop', expiresInMs: 14 * 86_400_000, access: 'read', keep: true },
      ],
    ],
    document: { token },
  },
  {
    typed: 'token create personal --account aaaaaa --label laptop',
    answers: { 'token.create-personal': () => ({ token }) },
    asked: [['token.create-personal', { account: 'aaaaaa', label: 'laptop', keep: false }]],
    document: { token },
  },
  {
    typed: 'token create project --project gh/acme/web --scope status --label badge --account aaaaaa',
    answers: { 'token.create-project': () => ({ token }) },
    asked: [
      [
        'token.create-project',
        { project: 'gh/acme/web', scope: 'status', label: 'badge', account: 'aaaaaa', keep: false },
      ],
    ],
    document: { token },
  },
  {
    typed: 'token edit bbbbbb --owner ada --tag ci --tag prod --note hello --leaked',
    answers: { 'token.edit': () => ({ token }) },
    asked: [['token.edit', { id: 'bbbbbb', owner: 'ada', tags: ['ci', 'prod'], note: 'hello', leaked: true }]],
    document: { token },
  },
  {
    typed: 'token delete bbbbbb cccccc --confirm DELETE',
    answers: { 'token.delete': () => ({ deleted: [tokenId], failed: [] }) },
    asked: [['token.delete', { ids: ['bbbbbb', 'cccccc'], confirm: 'DELETE' }]],
    document: { deleted: [tokenId], failed: [] },
  },
  {
    typed: 'token check',
    answers: { 'token.check': () => checks },
    asked: [['token.check', { ids: [] }]],
    document: checks,
  },
  {
    typed: 'token check bbbbbb',
    answers: { 'token.check': () => checks },
    asked: [['token.check', { ids: ['bbbbbb'] }]],
    document: checks,
  },
  {
    typed: 'rotate bbbbbb cccccc --mode overlap --retire now --label next --keep --dry-run',
    answers: { 'rotation.start': () => rotations },
    asked: [
      [
        'rotation.start',
        { ids: ['bbbbbb', 'cccccc'], label: 'next', keep: true, dryRun: true, mode: 'overlap', retire: 'now' },
      ],
    ],
    document: rotations,
  },
  {
    typed: `rotate ${allTyped}`,
    answers: { 'rotation.start': () => rotations },
    asked: [['rotation.start', { ids: [], filter: all, keep: false, dryRun: false, mode: 'overlap', retire: 'now' }]],
    document: rotations,
  },
  {
    typed: 'rotate bbbbbb --mode cut-over --retire now',
    answers: { 'rotation.start': () => rotations },
    asked: [['rotation.start', { ids: ['bbbbbb'], keep: false, dryRun: false, mode: 'cut-over', retire: 'now' }]],
    document: rotations,
  },
  {
    typed: 'rotation abandon dddddd --confirm ABANDON',
    answers: { 'rotation.abandon': () => rotations },
    asked: [['rotation.abandon', { id: 'dddddd', confirm: 'ABANDON' }]],
    document: rotations,
  },
  {
    typed: 'rotation list --state needs-attention',
    answers: { 'rotation.list': () => rotations },
    asked: [['rotation.list', { state: 'needs-attention' }]],
    document: rotations,
  },
  {
    typed: 'rotation show dddddd',
    answers: { 'rotation.show': () => rotations },
    asked: [['rotation.show', { id: 'dddddd' }]],
    document: rotations,
  },
  {
    typed: 'rotate bbbbbb --guided --retire 2h',
    answers: { 'rotation.start': () => rotations },
    asked: [
      [
        'rotation.start',
        { ids: ['bbbbbb'], keep: false, dryRun: false, mode: 'overlap', retire: 7_200_000, guided: true },
      ],
    ],
    document: rotations,
  },
  {
    typed: 'rotation resume dddddd --confirm-deleted',
    answers: { 'rotation.resume': () => rotations },
    asked: [['rotation.resume', { ids: ['dddddd'], confirm: 'deleted' }]],
    document: rotations,
  },
  {
    typed: 'rotation resume dddddd --confirm-authorized',
    answers: { 'rotation.resume': () => rotations },
    asked: [['rotation.resume', { ids: ['dddddd'], confirm: 'authorized' }]],
    document: rotations,
  },
  {
    typed: 'rotation resume',
    answers: { 'rotation.resume': () => rotations },
    asked: [['rotation.resume', { ids: [] }]],
    document: rotations,
  },
  {
    typed: 'audit --since 2026-11-01 --token bbbbbb',
    answers: { 'audit.list': () => ({ entries: [sampleEntry()] }) },
    asked: [['audit.list', { since: '2026-11-01T00:00:00.000Z', token: 'bbbbbb' }]],
    document: { entries: [sampleEntry()] },
  },
  {
    typed: 'audit --since 2d',
    answers: { 'audit.list': () => ({ entries: [] }) },
    asked: [['audit.list', { since: '2026-11-21T00:00:00.000Z' }]],
    document: { entries: [] },
  },
  {
    typed: 'audit verify',
    answers: { 'audit.verify': () => ({ ok: true, entries: 9 }) },
    asked: [['audit.verify', {}]],
    document: { ok: true, entries: 9 },
  },
];

testCommands(cases);
