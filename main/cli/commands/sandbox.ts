import type { Command } from 'commander';
import * as z from 'zod';
import { sandboxVariant } from '../../../shared/contract/sandbox.ts';
import { defineCommand } from '../command.ts';
import { given, repeated, wholeNumber } from '../options.ts';

const sandbox = defineCommand({
  path: 'sandbox',
  summary: 'run the embedded CircleCI until interrupted',
  describe: (command: Command) =>
    command
      .option('--port <n>', 'on this port of 127.0.0.1; any free one where none is named')
      .option('--tokens <n>', 'with about this many tokens')
      .option('--seed <n>', 'the same seed gives the same tokens')
      .option('--fault <spec>', 'fail like this, for instance latency=50; may be repeated', repeated)
      .option(
        '--variant <name>',
        `be this kind of CircleCI; may be repeated: ${sandboxVariant.options.join(', ')}`,
        repeated,
      ),
  input: z.object({
    port: wholeNumber.default(0),
    tokens: wholeNumber.optional(),
    seed: wholeNumber.optional(),
    fault: z.array(z.string()).default([]),
    variant: z.array(sandboxVariant).optional(),
  }),
  async run({ port, tokens, seed, fault, variant }, context) {
    const document = await context.ask('sandbox.start', {
      port,
      faults: fault,
      ...given({ tokens, seed, variants: variant }),
    });
    const { url, personalToken } = document.sandbox;
    await context.printer.answer({ document, lines: () => [url] });
    await context.printer.note(
      [
        `Connect to it (its tokens open nothing else): echo ${personalToken} | rondo account add --host ${url}`,
        'Ctrl+C ends it.',
      ].join('\n'),
    );
    await new Promise<void>((resolve) => {
      if (context.stopping.aborted) resolve();
      else context.stopping.addEventListener('abort', () => resolve(), { once: true });
    });
    return { written: true };
  },
});

export const sandboxCommands = [sandbox];
