import { describe, expect, test } from 'vitest';
import { cli } from '../../support/cli-world.ts';
import { sampleAccount } from '../../support/contract-samples.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const value = 'CCIPAT_9hTq7BcX2mN4_0a1b2c3d';

describe('account add', () => {
  const account = sampleAccount();
  const ca = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';

  test('takes the token from standard input and the certificate authority from its file', async () => {
    const run = await cli(
      ['account', 'add', '--host', 'https://ci.example', '--name', 'work', '--ca', '/ca.pem', '--json'],
      { answers: { 'account.add': () => ({ account }) }, stdin: `Circle-Token: ${value}\n`, files: { '/ca.pem': ca } },
    );
    expect(run.acts).toEqual([
      {
        channel: 'account.add',
        input: { host: 'https://ci.example', name: 'work', caPem: ca, value: bytes(`Circle-Token: ${value}\n`) },
      },
    ]);
    expect(JSON.parse(run.stdout)).toEqual({ account });
    expect(run.stdout + run.stderr).not.toContain('CCIPAT');
  });

  test('asks for the token where standard input is a terminal', async () => {
    const run = await cli(['account', 'add', '--host', 'https://ci.example'], {
      answers: { 'account.add': () => ({ account }) },
      stdinIsTerminal: true,
      typed: [value],
    });
    expect(run.acts[0]?.input).toMatchObject({ value: bytes(value) });
  });

  test('overwrites the token after it was used', async () => {
    let given: Uint8Array | undefined;
    await cli(['account', 'add', '--host', 'https://ci.example'], {
      answers: {
        'account.add': (input) => {
          given = input.value;
          return { account };
        },
      },
      stdin: value,
    });
    expect(given?.every((byte) => byte === 0)).toBe(true);
  });

  test('without a token, or with too much of it, asks nobody', async () => {
    for (const stdin of ['', 'x'.repeat(70_000)]) {
      const run = await cli(['account', 'add', '--host', 'https://ci.example', '--json'], { stdin });
      expect(run.exitCode).toBe(2);
      expect(JSON.parse(run.stdout).error.code).toBe('invalid-input');
      expect(run.core.asked.map(({ channel }) => channel)).toEqual(['vault.status']);
    }
  });
});
