import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isForPages } from '../../main/electron/page-calls.ts';
import type { JobAct } from '../../renderer/state/jobs.ts';
import { calls } from '../../shared/contract/contract.ts';
import { readTree } from './tree.ts';

/** What stands in the place of `job.${act}`. */
const acts = ['pause', 'resume', 'stop', 'retry'] satisfies JobAct[];

test('main answers a page what the renderer asks for, and nothing else of the core', () => {
  const ofRenderer = readTree(resolve(import.meta.dirname, '../..')).filter(({ path }) => path.startsWith('renderer/'));
  const asked = ofRenderer
    .flatMap(({ text }) => [...text.matchAll(/\bapi\.call\(\s*['`]([^'`]+)['`]/g)])
    .flatMap(([, name = '']) => (name.includes('$') ? acts.map((act) => name.replace(/\$\{[^}]*\}/, act)) : [name]));
  const ofCore = Object.keys(calls);
  expect(ofCore.filter(isForPages)).toEqual(ofCore.filter((channel) => asked.includes(channel)));
});
