import { expect } from '@playwright/test';
import * as z from 'zod';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';

const state = z.object({ log: z.array(z.object({ method: z.string(), path: z.string() })) });

/** Has the sandbox fail as `faults` say, and in no other way any more. */
export async function setFaults(sandbox: RunningSandbox, faults: readonly string[]): Promise<void> {
  const body = JSON.stringify({ add: faults, clear: true });
  const { status } = await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'POST', body });
  expect(status).toBe(200);
}

/** Resolves when the sandbox was asked this, whether it has answered or not. */
export async function untilAsked(sandbox: RunningSandbox, method: string, pathPart: string): Promise<void> {
  await expect
    .poll(async () => {
      const { log } = state.parse(await (await fetch(`${sandbox.url}/__sandbox/state`)).json());
      return log.some((asked) => asked.method === method && asked.path.includes(pathPart));
    })
    .toBe(true);
}
