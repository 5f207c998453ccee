import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../../support/connected-core.ts';
import { expectOk } from '../../../support/core-pieces.ts';
import { jobOver } from '../../../support/job-run.ts';

describe('the preview', () => {
  test('says for each token, in order, why it is dangerous, which goes first and what stops; and changes nothing', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const { id } = await connected.pick({ label: 'fastlane' });
    expectOk(await client('token.edit', { id, leaked: true }));
    const before = connected.alive();
    const asked = connected.between.asked.length;
    const { items } = expectOk(await client('job.preview', { ids: [], filter: {}, mode: 'cut-over' }));
    expect(items[0]).toMatchObject({
      token: { id },
      mode: 'cut-over',
      dangers: ['leaked', 'admin'],
      stops: expect.stringContaining('It reads and writes gh/tidewater/mobile. Whoever uses it is refused'),
    });
    const [own, ...others] = items.filter(({ mode }) => mode === 'overlap');
    expect(own).toMatchObject({
      token: { label: 'rondo' },
      dangers: ['held-here', expect.any(String)],
      stops: expect.stringContaining('Rondo signs in to'),
    });
    expect(others, 'only its own is made first').toEqual([]);
    expect(connected.between.asked).toHaveLength(asked);
    expect(connected.alive()).toEqual(before);
  });

  test('chooses by what this vault held, by a date, by a tag and by an owner', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const labels = async (filter: object) =>
      expectOk(await client('job.preview', { ids: [], filter })).items.map(({ token }) => token.label);
    expect(await labels({ heldHere: true })).toEqual(['rondo']);
    const taken = await connected.rotate(await connected.pick({ label: 'danger' }));
    expect(await labels({ heldHere: true })).toEqual(['rondo', 'danger']);
    expectOk(await client('token.taken', { id: taken.replacement ?? '' }));
    expect(await labels({ heldHere: true }), 'it was here').toEqual(['rondo', 'danger']);

    const { id } = await connected.pick({ label: 'fastlane' });
    expectOk(await client('token.edit', { id, tags: ['prod'], owner: 'ada' }));
    expect(await labels({ tag: 'prod', owner: 'ada' })).toEqual(['fastlane']);
    const { createdAt = '' } = await connected.pick({ id });
    expect(await labels({ tag: 'prod', createdBefore: createdAt })).toEqual([]);
    const later = new Date(Date.parse(createdAt) + 1).toISOString();
    expect(await labels({ tag: 'prod', createdBefore: later })).toEqual(['fastlane']);
  });

  test('names what cannot be begun, and why', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    await connected.rotate({ id }, { retire: 'taken' });
    const { items } = expectOk(await connected.client('job.preview', { ids: [id] }));
    expect(items).toMatchObject([{ refusal: { code: 'rotation-open' } }]);
  });
});

describe('the report', () => {
  test('holds every token with what proves it, as a document and for people, and no value', async () => {
    await using connected = await connectedCore();
    const { client, between } = connected;
    const old = [await connected.pick({ label: 'danger' }), await connected.pick({ label: 'fastlane' })];
    between.twist = ({ method, path }, ask) =>
      method === 'POST' && path.includes('mobile') ? { status: 409, body: '{}' } : ask();
    const job = await jobOver(connected, old);
    between.twist = undefined;
    const { report, markdown } = expectOk(await client('job.report', { id: job.id }));
    expect(report.items.map(({ number, token, state }) => `${number} ${token.label} ${state}`)).toEqual([
      '1 fastlane failed',
      '2 danger done',
    ]);
    expect(report.items[1]?.rotation?.receipt?.proofs.length).toBeGreaterThan(2);
    expect(markdown).toContain('1 of 2 replaced');
    expect(markdown).toContain('- No. 1, fastlane (gh/tidewater/mobile): ');
    expect(markdown).toMatch(/^\| 2 \| danger \| gh\/tidewater\/web \| read-only \| read \| done \| [0-9a-f]+ \|/m);
    expect(markdown).toContain('  - proved: ');
    for (const { value } of connected.sandbox.tokens()) {
      expect(markdown).not.toContain(value);
      expect(JSON.stringify(report)).not.toContain(value);
    }
  });

  test('says of a cut-over what was to come first, and of which tokens not, whatever came of each', async () => {
    await using connected = await connectedCore();
    await connected.faults({ add: ['error=409@DELETE /'] });
    const job = await jobOver(connected, [await connected.pick({ label: 'danger' })], { mode: 'cut-over' });
    const { markdown } = expectOk(await connected.client('job.report', { id: job.id }));
    expect(markdown).toContain('0 of 1 replaced');
    expect(markdown).toContain(
      'was to be deleted before the new one was made, except those that Rondo signs in with or may',
    );
  });

  test('keeps a label that is written as Markdown or HTML to be text', async () => {
    await using connected = await connectedCore();
    const label = 'a|b <img src=x> [x](https://evil.example) `c`';
    const [project = ''] = connected.sandbox.projects;
    const order = { project, scope: 'status', label, keep: false } as const;
    const { token } = expectOk(await connected.client('token.create-project', order));
    const job = await jobOver(connected, [token]);
    const { markdown } = expectOk(await connected.client('job.report', { id: job.id }));
    expect(markdown).toContain(String.raw`a\|b \<img src=x\> \[x\](https://evil.example) \`c\``);
  });
});
