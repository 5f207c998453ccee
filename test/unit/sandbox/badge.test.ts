import { describe, expect, test } from 'vitest';
import { openSandbox } from '../../support/open-sandbox.ts';

const forms = [
  '/gh/tidewater/web.svg?style=svg',
  '/gh/tidewater/web/tree/main.svg',
  '/status-badge/img/gh/tidewater/web/tree/main.svg',
];

describe.each(forms)('%s', (path) => {
  test.each([
    ['nobody', undefined, undefined, 'unknown'],
    ['a dead token', 'hackday', undefined, 'unknown'],
    ['another project’s Status token', 'status badge', 'gh/tidewater/api', 'unknown'],
    ['its own Status token', 'status badge', 'gh/tidewater/web', 'passing'],
    ['its own Read Only token', 'danger', 'gh/tidewater/web', 'passing'],
    ['a member', 'circleci-cli', undefined, 'passing'],
  ])('shows %s its status', async (_who, label, project, expected) => {
    await using opened = await openSandbox();
    const credential = label === undefined ? { headers: {} } : { token: opened.valueOf(label, project) };
    const { status, headers, text } = await opened.ask(`GET ${path}`, credential);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/svg+xml');
    expect(text).toContain(`CircleCI ${expected}`);
  });
});

test('a private project and one that does not exist look the same', async () => {
  await using opened = await openSandbox();
  const hidden = await opened.ask('GET /gh/tidewater/web.svg', { headers: {} });
  const missing = await opened.ask('GET /gh/tidewater/nothing.svg', { headers: {} });
  expect(missing.text).toBe(hidden.text);
});

test('a public project shows its status to anybody', async () => {
  await using opened = await openSandbox();
  expect((await opened.ask('GET /gh/tidewater/design-system.svg', { headers: {} })).text).toContain('passing');
});

test('a project whose last build failed shows that', async () => {
  await using opened = await openSandbox();
  expect((await opened.ask('GET /gh/tidewater/mobile.svg')).text).toContain('failing');
});

test('a GitHub App project has a badge too', async () => {
  await using opened = await openSandbox();
  const slug = opened.sandbox.projects.find((one) => one.startsWith('circleci/')) ?? '';
  expect((await opened.ask(`GET /${slug}.svg`)).text).toContain('passing');
});

test('a picture of something else is not there', async () => {
  await using opened = await openSandbox();
  expect((await opened.ask('GET /images/logo/large.svg')).status).toBe(404);
});
