import type { Command } from 'commander';
import * as z from 'zod';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { isWaitOver } from '../../../shared/wait-over.ts';
import { AppError } from '../../app-error.ts';
import type { Ask } from '../ask.ts';
import { bytesOf } from '../bytes.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { shortId } from '../output/short.ts';

/**
 * `token take`: the one command that shows a value. It guarantees: the vault forgets the value only after the system took
 * every byte of it (and where standard output is a file, after they are on its disk). Whatever fails before that leaves
 * the value held, so a crash may show it twice, never zero times. Assumed: the core keeps it until `token.taken`.
 */
const take = defineCommand({
  path: 'token take',
  summary: 'write the value of a token once to standard output, then forget it',
  describe: (command: Command) => command.argument('<id>', 'the token'),
  input: z.object({ id: z.string() }),
  async run({ id }, context) {
    const { stdout } = context.world;
    if (stdout.isTerminal) await context.printer.warn('the value stays readable in the scroll-back of this terminal.');
    const ask = await context.openVault();
    const { value } = await ask('token.take', { id });
    const bytes = context.globals.json ? inDocument(value) : withLineEnd(value);
    try {
      await stdout.write(bytes);
      await stdout.flush();
    } catch (cause) {
      return { written: true, failure: notTaken(cause) };
    } finally {
      value.fill(0);
      bytes.fill(0);
    }
    try {
      await ask('token.taken', { id });
    } catch (failure) {
      if (failure instanceof AppError) return { written: true, failure };
      throw failure;
    }
    await tellOfWaiting(ask, context, id);
    return { written: true };
  },
});

/** A command deletes nothing that it was not asked for: who waits for the value is told how it goes on. */
async function tellOfWaiting(ask: Ask, { printer }: Context, id: string): Promise<void> {
  for (const rotation of await waitingOf(ask)) {
    if (isWaitOver(rotation) && rotation.replacement?.startsWith(id) === true) {
      await printer.note(
        `The old token is not deleted yet. To delete it: rondo rotation resume ${shortId(rotation.id)}`,
      );
    }
  }
}

async function waitingOf(ask: Ask): Promise<readonly Rotation[]> {
  try {
    return (await ask('rotation.list', { state: 'waiting' })).rotations;
  } catch (failure) {
    // The value is out and forgotten: this is only nice to know.
    if (failure instanceof AppError) return [];
    throw failure;
  }
}

function notTaken(cause: unknown): AppError {
  return new AppError('storage', 'Standard output did not take the value. It is still held in the vault.', {
    hint: 'repeat the command',
    cause,
  });
}

const lineFeed = 0x0a;

function withLineEnd(value: Uint8Array): Uint8Array {
  const line = new Uint8Array(value.length + 1);
  line.set(value);
  line[value.length] = lineFeed;
  return line;
}

/** `{"value":"…"}` byte by byte: a token's signs need no escape, and a string could not be overwritten. */
function inDocument(value: Uint8Array): Uint8Array {
  const needsEscape = value.some((byte) => byte < 0x20 || byte >= 0x7f || byte === 0x22 || byte === 0x5c);
  const before = bytesOf('{"value":"');
  const after = bytesOf('"}\n');
  const inside = needsEscape ? bytesOf(JSON.stringify(new TextDecoder().decode(value)).slice(1, -1)) : value;
  const document = new Uint8Array(before.length + inside.length + after.length);
  document.set(before);
  document.set(inside, before.length);
  document.set(after, before.length + inside.length);
  return document;
}

export const tokenTakeCommands = [take];
