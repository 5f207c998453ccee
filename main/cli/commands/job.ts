import type { Command } from 'commander';
import * as z from 'zod';
import type { ErrorCode } from '../../../shared/contract/error-codes.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { type Answer, defineCommand } from '../command.ts';
import { jobLines, jobsLines } from '../output/job-lines.ts';

const one = z.object({ id: z.string() });
const named = (command: Command) => command.argument('<id>', 'the job');

const list = defineCommand({
  path: 'job list',
  summary: 'rotations of many tokens: jobs and how far they are',
  input: z.object({}),
  async run(_options, context) {
    const ask = await context.openVault();
    const document = await ask('job.list', {});
    return { document, lines: (style) => jobsLines(document.jobs, style) };
  },
});

const show = defineCommand({
  path: 'job show',
  summary: 'one job: every token of it, the most dangerous first',
  describe: named,
  input: one,
  async run({ id }, context) {
    const ask = await context.openVault();
    const document = await ask('job.show', { id });
    return { document, lines: (style) => jobLines(document.job, style) };
  },
});

const resume = defineCommand({
  path: 'job resume',
  summary: 'go on with a job that was paused, stopped or interrupted',
  describe: (command: Command) => named(command).option('--failed', 'also with what failed or needs attention'),
  input: one.extend({ failed: z.boolean().default(false) }),
  async run({ id, failed }, context) {
    const ask = await context.openVault();
    const { job } = await ask(failed ? 'job.retry' : 'job.resume', { id });
    return jobAnswer(await ask('job.wait', { id: job.id }));
  },
});

const pause = defineCommand({
  path: 'job pause',
  summary: 'let a job rest after the steps that run, also one that another process runs',
  describe: named,
  input: one,
  async run({ id }, context) {
    const ask = await context.openVault();
    const document = await ask('job.pause', { id });
    return { document, lines: (style) => jobLines(document.job, style) };
  },
});

const stop = defineCommand({
  path: 'job stop',
  summary: 'end a job after the steps that run, also one that another process runs',
  describe: named,
  input: one,
  async run({ id }, context) {
    const ask = await context.openVault();
    const document = await ask('job.stop', { id });
    return { document, lines: (style) => jobLines(document.job, style) };
  },
});

const report = defineCommand({
  path: 'job report',
  summary: 'what happened to every token of a job, and what proves it',
  describe: (command: Command) => named(command).option('--format <markdown|json>', 'for people, or for programs'),
  input: one.extend({ format: z.enum(['markdown', 'json']).default('markdown') }),
  async run({ id, format }, context) {
    const ask = await context.openVault();
    const { report, markdown } = await ask('job.report', { id });
    return {
      document: { report },
      lines: () => [format === 'json' ? JSON.stringify(report, undefined, 2) : markdown.trimEnd()],
    };
  },
});

/** What a command that ran a job answers: its parts' failures decide the exit code. */
export function jobAnswer(document: { readonly job: Job }): Answer {
  const { job } = document;
  return { document, failed: failuresOf(job), lines: (style) => jobLines(job, style) };
}

function failuresOf({ state, items, error }: Job): ErrorCode[] {
  const parts = items.flatMap((item): ErrorCode[] => {
    if (item.state === 'needs-attention' || item.state === 'paused') return ['needs-attention'];
    return item.state === 'failed' ? [item.error?.code ?? 'internal'] : [];
  });
  // Something is left to do that nobody does.
  const left: ErrorCode[] = state === 'done' || state === 'running' ? [] : [error?.code ?? 'stopped'];
  return [...parts, ...left];
}

export const jobCommands = [list, show, pause, resume, stop, report];
