import { describe, expect, test } from 'vitest';
import { type Answers, cli } from './cli-world.ts';

/** One command as it is typed, what it must ask of the core, and the document that it prints. */
export interface Case {
  readonly typed: string;
  readonly answers: Answers;
  /** What the core must have been asked, in order. */
  readonly asked: readonly (readonly [string, unknown])[];
  readonly document: object;
}

/** Every filter, and how it is typed. */
export const all = {
  account: 'aaaaaa',
  kind: 'project',
  project: 'gh/acme/web',
  scope: 'admin',
  olderThanMs: 90 * 86_400_000,
  expiresWithinMs: 30 * 86_400_000,
  state: 'active',
  search: 'dep',
  tag: 'ci',
  owner: 'ada',
};
export const allTyped =
  '--account aaaaaa --kind project --project gh/acme/web --scope admin --older-than 90d --expires-within 30d --state active --search dep --tag ci --owner ada';

export function testCommands(cases: readonly Case[]): void {
  describe('Each command', () => {
    test.each(cases)('$typed asks the core and prints its document', async ({ typed, answers, asked, document }) => {
      const run = await cli([...typed.split(' '), '--json'], { answers });
      expect(run.acts.map(({ channel, input }) => [channel, input])).toEqual(asked);
      expect(JSON.parse(run.stdout)).toEqual(document);
      expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
      expect(run.stderr).toBe('');
      expect(run.exitCode).toBe(0);
      expect(run.core.closed).toBe(1);
    });

    test.each(cases)('$typed says something to a person, and nothing on standard error', async ({ typed, answers }) => {
      const run = await cli(typed.split(' '), { answers });
      expect(run.stdout).toMatch(/\S/);
      expect(run.stdout).not.toContain('undefined');
      expect(run.stderr).toBe('');
    });
  });
}
