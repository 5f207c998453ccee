import { expect, test } from 'vitest';
import { connectedCli } from '../../support/connected-cli.ts';

test('token create says in what CircleCI made a token otherwise than asked', async () => {
  await using cli = await connectedCli();
  const { between, account } = cli.connected;
  between.twist = async ({ method, path, value = '', body }, ask) => {
    if (method !== 'POST') return ask();
    const { label } = JSON.parse(body);
    const headers = { 'circle-token': value, 'content-type': 'application/json' };
    const said = await fetch(new URL(path, cli.sandbox.url), { method, headers, body: JSON.stringify({ label }) });
    return { status: said.status, body: await said.text() };
  };
  const create = ['token', 'create', 'personal', '--account', account, '--label', 'ours', '--access', 'read'];
  const told = await cli.run(create);
  expect(told.exitCode).toBe(0);
  expect(told.stdout).toContain(
    'CircleCI made it otherwise than asked: asked for the access read, it has admin. If it will not do, delete it.',
  );
  const document = JSON.parse((await cli.run([...create, '--json'])).stdout);
  expect(document.otherwise).toEqual(['asked for the access read, it has admin']);
});
