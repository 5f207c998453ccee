import type { Command } from 'commander';
import * as z from 'zod';
import { rotationState } from '../../../shared/contract/rotation.ts';
import { AppError } from '../../app-error.ts';
import { defineCommand } from '../command.ts';
import { given, ids } from '../options.ts';
import { receiptLines, rotationLines, stepLine } from '../output/rotation-lines.ts';
import { overwrite } from '../password.ts';
import { readToken } from '../read-token.ts';
import { rotationAnswer, tellSteps } from './rotate.ts';

const list = defineCommand({
  path: 'rotation list',
  summary: 'rotations and where they stand',
  describe: (command: Command) =>
    command.option('--state <state>', `in this state: ${rotationState.options.join(', ')}`),
  input: z.object({ state: rotationState.optional() }),
  async run({ state }, context) {
    const ask = await context.openVault();
    const document = await ask('rotation.list', given({ state }));
    return { document, lines: (style) => rotationLines(document.rotations, style) };
  },
});

const show = defineCommand({
  path: 'rotation show',
  summary: 'one rotation: its steps and its receipt',
  describe: (command: Command) => command.argument('<id>', 'the rotation'),
  input: z.object({ id: z.string() }),
  async run({ id }, context) {
    const ask = await context.openVault();
    const document = await ask('rotation.show', { id });
    return {
      document,
      lines: (style) =>
        document.rotations.flatMap((rotation) => [
          ...receiptLines(rotation, style),
          ...(rotation.state === 'done' ? rotation.steps.map((step) => stepLine(step, style)) : []),
        ]),
    };
  },
});

const resume = defineCommand({
  path: 'rotation resume',
  summary: 'go on with rotations that were interrupted or need attention',
  describe: (command: Command) =>
    command
      .argument('[ids...]', 'the rotations; all open ones where none is named')
      .option('--value-stdin', 'a new token was created by hand: its value is on standard input')
      .option('--confirm-deleted', 'the old token was deleted by hand')
      .option('--confirm-authorized', 'the new token was authorized by hand for single sign-on'),
  input: z.object({
    ids,
    valueStdin: z.boolean().default(false),
    confirmDeleted: z.boolean().default(false),
    confirmAuthorized: z.boolean().default(false),
  }),
  async run({ ids, valueStdin, confirmDeleted, confirmAuthorized }, context) {
    const said = [valueStdin, confirmDeleted, confirmAuthorized].filter(Boolean).length;
    if (said > 1 || (said === 1 && ids.length !== 1)) {
      throw new AppError('usage', 'One rotation is told one thing at a time. Nothing was done.', {
        hint: 'rondo rotation resume --help',
      });
    }
    const confirm = confirmDeleted ? 'deleted' : confirmAuthorized ? 'authorized' : undefined;
    // In this order: both may come on standard input, the password as its first line.
    const opener = await context.opener();
    const value = valueStdin ? await readToken(context) : undefined;
    try {
      const ask = await context.openVault(opener);
      const stopTelling = tellSteps(context);
      try {
        const document = await ask('rotation.resume', { ids, ...given({ value, confirm }) });
        if (document.rotations.length === 0) return { document, lines: () => ['No rotation is open.'] };
        return rotationAnswer(document);
      } finally {
        stopTelling();
      }
    } finally {
      overwrite(opener);
      value?.fill(0);
    }
  },
});

const abandon = defineCommand({
  path: 'rotation abandon',
  summary: 'give up an open rotation where it stands',
  describe: (command: Command) =>
    command.argument('<id>', 'the rotation').option('--confirm <ABANDON>', 'the word ABANDON'),
  input: z.object({ id: z.string(), confirm: z.string().optional() }),
  async run({ id, confirm }, context) {
    const ask = await context.openVault();
    const document = await ask('rotation.abandon', { id, ...given({ confirm }) });
    return { document, lines: (style) => document.rotations.flatMap((rotation) => receiptLines(rotation, style)) };
  },
});

export const rotationCommands = [list, show, resume, abandon];
