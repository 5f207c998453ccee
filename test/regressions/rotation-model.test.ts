import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Recorded, regressionsDir, replay } from '../model/explore.ts';

/**
 * Sequences of acts that broke what the rotation journal promises, as `test/model` found and shortened them: in Rondo, or
 * in a Rondo that was broken on purpose in the way that the file's name says, to see the model notice.
 */
const names = readdirSync(regressionsDir).filter((name) => name.endsWith('.json'));

test('there are some', () => {
  expect(names.length).toBeGreaterThan(0);
});

test.each(names)('%s holds', async (name) => {
  const recorded: Recorded = JSON.parse(readFileSync(join(regressionsDir, name), 'utf8'));
  await replay(recorded);
});
