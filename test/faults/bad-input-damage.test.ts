// A vault with damage in it, as the command line meets it: what can be read is shown, what would write is refused before
// CircleCI is asked for anything, and `vault verify` names what is broken.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Token } from '../../shared/contract/token.ts';
import type { Damage } from '../../shared/contract/vault.ts';
import { type ConnectedCli, connectedCli } from '../support/connected-cli.ts';
import { everyCommand } from '../support/every-command.ts';
import { expectRefused, sandboxState } from '../support/expect-refused.ts';
import { operate } from '../support/vault-surgery.ts';

let cli: ConnectedCli;
beforeAll(async () => {
  cli = await connectedCli();
});
afterAll(() => cli[Symbol.asyncDispose]());

async function documentOf(vaultDir: string, ...arguments_: readonly string[]) {
  const ran = await cli.run([...arguments_, '--json'], { vaultDir });
  expect(ran.bugs).toEqual([]);
  return { ...ran, document: JSON.parse(ran.stdout) };
}

async function verified(vaultDir: string): Promise<{ readonly exitCode: number; readonly damaged: readonly string[] }> {
  const { exitCode, document } = await documentOf(vaultDir, 'vault', 'verify');
  return { exitCode, damaged: document.damaged.map(({ kind, id }: Damage) => `${kind} ${id}`) };
}

describe('Damaged copies of the header', () => {
  const spoil = {
    header_a: (vaultDir: string) => spoilTable(vaultDir, 'header_a'),
    header_b: (vaultDir: string) => spoilTable(vaultDir, 'header_b'),
    'vault.rondo.header': (vaultDir: string) => writeFileSync(join(vaultDir, 'vault.rondo.header'), 'x'.repeat(300)),
  };
  type Copy = keyof typeof spoil;

  function spoilTable(vaultDir: string, table: 'header_a' | 'header_b'): void {
    operate(vaultDir, (database) => database.exec(`UPDATE ${table} SET header = randomblob(length(header))`));
  }

  function withSpoiled(copies: readonly Copy[]): string {
    const vaultDir = cli.copy();
    for (const copy of copies) spoil[copy](vaultDir);
    return vaultDir;
  }

  test.each([
    [['header_a']],
    [['header_b']],
    [['vault.rondo.header']],
    [['header_a', 'header_b']],
    [['header_a', 'vault.rondo.header']],
    [['header_b', 'vault.rondo.header']],
  ] as const)('%j: everything still works, and verify names exactly them', async (copies: readonly Copy[]) => {
    const vaultDir = withSpoiled(copies);
    expect(await verified(vaultDir)).toEqual({ exitCode: 8, damaged: copies.map((copy) => `header ${copy}`) });
    const { document } = await documentOf(vaultDir, 'token', 'list');
    expect(document.tokens).toEqual(cli.tokens);
    const edited = await documentOf(vaultDir, 'token', 'edit', cli.held.id, '--owner', 'ada');
    expect(edited).toMatchObject({ exitCode: 0, document: { token: { owner: 'ada' } } });
  });

  test('all three: every command says so, and nothing is touched', async () => {
    const vaultDir = withSpoiled(['header_a', 'header_b', 'vault.rondo.header']);
    for (const call of everyCommand(cli).values()) {
      await expectRefused(cli, {
        ...call,
        options: { vaultDir, stdin: call.stdin ?? '' },
        code: 'vault-damaged',
        details: { reason: 'header' },
        says: /header is damaged in every copy/,
      });
    }
  });
});

describe('A damaged entry', () => {
  /** Flips a bit in the middle of one part of one row. */
  function withDamaged(table: 'record' | 'log', part: string, where: string): string {
    const vaultDir = cli.copy();
    operate(vaultDir, (database) => {
      const row = database.prepare<[], Record<string, unknown>>(`SELECT ${part} FROM ${table} WHERE ${where}`).get();
      const blob = row?.[part];
      if (!(blob instanceof Uint8Array)) throw new Error('there is no such row');
      const middle = Math.floor(blob.length / 2);
      blob[middle] = (blob[middle] ?? 0) ^ 1;
      database.prepare(`UPDATE ${table} SET ${part} = ? WHERE ${where}`).run(blob);
    });
    return vaultDir;
  }
  const rowOf = (token: Token) => `id = x'${token.id}'`;

  function another(): Token {
    const found = cli.tokens.find(({ id, kind }) => id !== cli.held.id && kind === 'project');
    if (found === undefined) throw new Error('the sandbox has no other token');
    return found;
  }

  test('that describes a token hides that token only, is warned of, and is named by verify', async () => {
    const broken = another();
    const vaultDir = withDamaged('record', 'meta', rowOf(broken));
    const { exitCode, stderr, document } = await documentOf(vaultDir, 'token', 'list');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: 1 part\(s\) of the vault could not be read\. Everything else is here/);
    expect(document.tokens).toEqual(cli.tokens.filter(({ id }) => id !== broken.id));
    expect(await verified(vaultDir)).toEqual({ exitCode: 8, damaged: [`record ${broken.id}`] });
    const human = await cli.run(['vault', 'verify'], { vaultDir });
    expect(human.stdout).toContain(broken.id);
    expect(human.stdout).toContain('Nothing was removed.');
  });

  test('that holds a value hides that value only', async () => {
    const vaultDir = withDamaged('record', 'secret', rowOf(cli.held));
    const { document } = await documentOf(vaultDir, 'token', 'list');
    expect(document.tokens).toEqual(cli.tokens);
    expect(await verified(vaultDir)).toEqual({ exitCode: 8, damaged: [`record ${cli.held.id}`] });
    await expectRefused(cli, {
      arguments: ['token', 'take', cli.held.id],
      options: { vaultDir },
      code: 'vault-damaged',
      details: { reason: 'rows' },
      says: /cannot be read/,
    });
  });

  test('of the log leaves every token as it is, and audit verify tells where the chain broke', async () => {
    const vaultDir = withDamaged('log', 'entry', 'number = 2');
    const { exitCode, document } = await documentOf(vaultDir, 'audit', 'verify');
    expect({ exitCode, ...document }).toMatchObject({ exitCode: 8, ok: false, brokenAt: 2 });
    expect((await documentOf(vaultDir, 'token', 'list')).document.tokens).toEqual(cli.tokens);
  });

  test('lets nothing be written: no command does its part on CircleCI that the vault could not keep', async () => {
    const vaultDir = withDamaged('record', 'meta', rowOf(another()));
    for (const call of [...everyCommand(cli).values()].filter(({ writes }) => writes)) {
      // The value itself can still be read and is handed out; only that it was taken cannot be written down.
      if (call.arguments[1] === 'take') continue;
      await expectRefused(cli, {
        ...call,
        options: { vaultDir, stdin: call.stdin ?? '' },
        code: 'vault-damaged',
        details: { reason: 'rows' },
        says: /All others can; the vault is read-only/,
      });
    }
  });

  test('does not hinder taking a value: it is shown, stays held, and the exit code says that it does', async () => {
    const vaultDir = withDamaged('record', 'meta', rowOf(another()));
    const before = sandboxState(cli);
    for (let time = 0; time < 2; time += 1) {
      const taken = await cli.run(['token', 'take', cli.held.id], { vaultDir });
      expect(taken.exitCode).toBe(8);
      expect(taken.stdout).toBe(`${valueThere(cli.held)}\n`);
      expect(taken.stderr).toContain('the vault is read-only. Nothing was deleted.');
    }
    expect(sandboxState(cli)).toEqual(before);
  });

  function valueThere(token: Token): string {
    const there = cli.sandbox.tokens().find(({ id }) => id === token.remoteId);
    if (there === undefined) throw new Error('the sandbox lost the token');
    return there.value;
  }
});
