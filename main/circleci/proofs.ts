import { createHash } from 'node:crypto';
import type { Asker, ProofAnswer } from './circleci.ts';
import type { Exchange } from './exchange.ts';
import { badgePath, projectPath } from './paths.ts';
import { headerOf } from './retry.ts';

/**
 * Questions whose answers are compared: with and without a token, before and after. Every status counts, a redirect too
 * (it is not followed: a sign-in page that answers 200 would look like a yes); 429 and 5xx are no answers and throw.
 */
export interface Proofs {
  readProject(asker: Asker, slug: string): Promise<ProofAnswer>;
  readBadge(asker: Asker, slug: string): Promise<ProofAnswer>;
}

export function createProofs(exchange: Exchange): Proofs {
  async function ask(question: { name: string; doing: string; path: string }, asker: Asker): Promise<ProofAnswer> {
    const answer = await exchange.repeat({ ...question, asker, method: 'GET', redirectsAnswer: true });
    const digest = createHash('sha256')
      .update(headerOf(answer, 'location') ?? '')
      .update('\n')
      .update(answer.body)
      .digest('hex');
    return { status: answer.status, digest };
  }

  return {
    readProject: async (asker, slug) =>
      ask({ name: 'project.read', doing: 'show the project', path: projectPath(slug) }, asker),
    readBadge: async (asker, slug) => ask({ name: 'badge', doing: 'show the badge', path: badgePath(slug) }, asker),
  };
}
