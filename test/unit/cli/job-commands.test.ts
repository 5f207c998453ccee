import { expect, test } from 'vitest';
import { cli } from '../../support/cli-world.ts';
import { all, allTyped, type Case, testCommands } from '../../support/command-case.ts';
import { jobId, sampleJob, sampleToken } from '../../support/contract-samples.ts';

const token = sampleToken();
const job = sampleJob();
const { items: _items, ...head } = job;
const report = { job: head, writtenAt: '2026-11-23T10:05:00.000Z', items: [] };
const preview = {
  items: [{ token, mode: 'cut-over' as const, dangers: ['leaked' as const], stops: 'It reads gh/acme/web.' }],
};

const cases: readonly Case[] = [
  {
    typed: `incident ${allTyped} --created-before 2026-11-01 --held-here --dry-run`,
    answers: { 'job.preview': () => preview },
    asked: [
      [
        'job.preview',
        {
          ids: [],
          mode: 'cut-over',
          filter: { ...all, createdBefore: '2026-11-01T00:00:00.000Z', heldHere: true },
        },
      ],
    ],
    document: preview,
  },
  {
    typed: 'incident bbbbbb cccccc --mode overlap --title lost --keep --confirm ROTATE',
    answers: { 'job.start': () => ({ job }), 'job.wait': () => ({ job }) },
    asked: [
      ['job.start', { ids: ['bbbbbb', 'cccccc'], mode: 'overlap', keep: true, title: 'lost', confirm: 'ROTATE' }],
      ['job.wait', { id: jobId }],
    ],
    document: { job },
  },
  {
    typed: 'incident bbbbbb --mode overlap --retire taken',
    answers: { 'job.start': () => ({ job }), 'job.wait': () => ({ job }) },
    asked: [
      ['job.start', { ids: ['bbbbbb'], mode: 'overlap', keep: false, retire: 'taken' }],
      ['job.wait', { id: jobId }],
    ],
    document: { job },
  },
  {
    typed: 'job list',
    answers: { 'job.list': () => ({ jobs: [head] }) },
    asked: [['job.list', {}]],
    document: { jobs: [head] },
  },
  {
    typed: 'job show eeeeee',
    answers: { 'job.show': () => ({ job }) },
    asked: [['job.show', { id: 'eeeeee' }]],
    document: { job },
  },
  {
    typed: 'job pause eeeeee',
    answers: { 'job.pause': () => ({ job }) },
    asked: [['job.pause', { id: 'eeeeee' }]],
    document: { job },
  },
  {
    typed: 'job stop eeeeee',
    answers: { 'job.stop': () => ({ job }) },
    asked: [['job.stop', { id: 'eeeeee' }]],
    document: { job },
  },
  {
    typed: 'job resume eeeeee',
    answers: { 'job.resume': () => ({ job }), 'job.wait': () => ({ job }) },
    asked: [
      ['job.resume', { id: 'eeeeee' }],
      ['job.wait', { id: jobId }],
    ],
    document: { job },
  },
  {
    typed: 'job resume eeeeee --failed',
    answers: { 'job.retry': () => ({ job }), 'job.wait': () => ({ job }) },
    asked: [
      ['job.retry', { id: 'eeeeee' }],
      ['job.wait', { id: jobId }],
    ],
    document: { job },
  },
  {
    typed: 'job report eeeeee --format json',
    answers: { 'job.report': () => ({ report, markdown: '# Laptop lost' }) },
    asked: [['job.report', { id: 'eeeeee' }]],
    document: { report },
  },
];

testCommands(cases);

test('an incident in cut-over keeps no old token until the new value is taken, and says so', async () => {
  const run = await cli(['incident', 'bbbbbb', '--retire', 'taken', '--confirm', 'ROTATE', '--json'], { answers: {} });
  expect(run.exitCode).toBe(2);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'usage' } });
  expect(run.acts).toEqual([]);
});
