import { expect, type Page } from '@playwright/test';
import { type OpenRondo, passwordText } from '../open-rondo.ts';
import { type AskSandbox, type ReadBack, readBack, type SandboxToken } from './read-back.ts';

/** Told of each step when it is done: in one line what was clicked, and what came of it. */
export type Told = (step: { readonly name: string; readonly did: string; readonly page: Page }) => Promise<void>;

const label = 'demo';

interface Act {
  /** Asks the sandbox. */
  readonly there: () => ReturnType<AskSandbox>;
  readonly told: Told;
}

/**
 * The main job in the real window, by clicks and keys as a person makes them: choose a password, open the sandbox, create a
 * token and take its value, rotate it and take the new one, delete another, look at the activity, lock. After each act the
 * sandbox is asked over HTTP what is true; that decides, not what the window shows.
 */
export async function walk(rondo: OpenRondo, ask: AskSandbox, told: Told): Promise<readonly ReadBack[]> {
  const { page } = rondo;
  await page.getByLabel('Password', { exact: true }).fill(passwordText);
  await page.getByLabel('The same again').fill(passwordText);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'How do you want to begin?' }).waitFor();
  await told({ name: 'vault', did: 'chose a password for a throw-away vault', page });

  await page.getByRole('button', { name: 'Open the sandbox' }).click();
  await row(page, 'release-please').first().waitFor();
  const url = await sandboxUrl(rondo);
  const there = () => ask(url);
  await told({ name: 'connect', did: `opened the sandbox on ${url} and read all of its tokens`, page });
  const connected = await knowsWhatIsThere(rondo, there);

  const created = await createAndTake(rondo, { there, told });
  const rotated = await rotateAndTake(rondo, { there, old: created.token, told });
  const deleted = await deleteAnother(rondo, { there, told });

  await page.getByRole('navigation').getByRole('button', { name: 'Activity' }).click();
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await page.getByText(/^The chain is whole/).waitFor();
  await told({ name: 'activity', did: 'looked at what was done, and had the chain of entries checked', page });

  const locked = await rondo.replaced(() => page.keyboard.press('Control+l'));
  await locked.getByRole('heading', { name: 'Rondo is locked' }).waitFor();
  await told({ name: 'lock', did: 'locked: the process that held the keys has ended', page: locked });
  return [connected, created.readBack, ...rotated, deleted];
}

async function knowsWhatIsThere({ call }: OpenRondo, tokensThere: Act['there']): Promise<ReadBack> {
  const answer = await call('token.list', {});
  const known = answer.ok ? answer.value.tokens : [];
  const there = new Set((await tokensThere()).map(({ id }) => id));
  const ok = known.length > 0 && known.every(({ remoteId }) => remoteId !== undefined && there.has(remoteId));
  return readBack('connected', ok, {
    yes: `the sandbox has each of the ${known.length} tokens that Rondo lists`,
    no: 'Rondo lists nothing, or a token that the sandbox lacks',
  });
}

async function createAndTake(rondo: OpenRondo, { there: tokensThere, told }: Act) {
  const { page } = rondo;
  await page.getByRole('button', { name: 'New token' }).first().click();
  await page.getByLabel('Label').fill(label);
  await page.getByRole('radio', { name: /^Read Only/ }).click();
  await page.getByRole('button', { name: /^Create/ }).click();
  const dialog = page.getByRole('dialog', { name: `Take the value of ${label}` });
  const taken = await copyAndForget(rondo, () => dialog.waitFor());
  await dialog.waitFor({ state: 'detached' });
  const token = (await tokensThere()).find((there) => there.label === label);
  if (token === undefined) throw new Error('the sandbox has no token that is labelled demo');
  await told({ name: 'create', did: `created the project token "${label}", copied its value once, forgot it`, page });
  const same = token.value === taken;
  const found = { yes: 'the sandbox has it, with exactly the value that was copied', no: 'its value is another' };
  return { token, readBack: readBack('created', same, found) };
}

interface RotationOrder extends Act {
  readonly old: SandboxToken;
}

async function rotateAndTake(rondo: OpenRondo, { there: tokensThere, old, told }: RotationOrder): Promise<ReadBack[]> {
  const { page } = rondo;
  await choose(page, label);
  await page
    .getByRole('button', { name: /^Rotate/ })
    .last()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  const both = async () => {
    await page.getByRole('heading', { name: `Rotating ${label}` }).waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
  };
  const taken = await copyAndForget(rondo, async () => {
    await both();
    await told({ name: 'prove', did: 'rotated it: the new token is proved, the old one still works', page });
  });
  await page.getByRole('heading', { name: `${label} is replaced` }).waitFor();
  await told({ name: 'rotate', did: 'took the new value; the old token was deleted and proved gone', page });

  const there = await tokensThere();
  const replacement = there.find((token) => token.label === label && token.id !== old.id);
  return [
    readBack('proved', replacement?.lastUsedAt !== undefined, {
      yes: 'the sandbox saw the new value in use',
      no: 'the new value was never used',
    }),
    readBack('retired', replacement !== undefined && !there.some(({ id }) => id === old.id), {
      yes: 'the sandbox lacks the old token',
      no: 'the old token still exists',
    }),
    readBack('taken', replacement?.value === taken, {
      yes: 'the new token has exactly the value that was copied',
      no: 'the new token has another value',
    }),
  ];
}

async function deleteAnother({ page }: OpenRondo, { there: tokensThere, told }: Act): Promise<ReadBack> {
  const other = 'fastlane';
  const before = (await tokensThere()).filter((token) => token.label === other);
  await page.getByRole('navigation').getByRole('button', { name: 'Inventory' }).click();
  await choose(page, other);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${other}?` });
  await dialog.getByRole('textbox').fill('DELETE');
  await dialog.getByRole('button', { name: 'Delete token' }).click();
  await dialog.waitFor({ state: 'detached' });
  await told({ name: 'delete', did: `deleted another one, "${other}", by typing DELETE`, page });
  const after = (await tokensThere()).filter((token) => token.label === other);
  return readBack('deleted', after.length === before.length - 1, {
    yes: 'the sandbox lacks it',
    no: 'the sandbox did not lose it',
  });
}

/** Presses Copy and Done in the panel that `shown` waits for. Answers what was on the clipboard in between. */
async function copyAndForget({ page, desktop }: OpenRondo, shown: () => Promise<void>): Promise<string> {
  await shown();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('On the clipboard').waitFor();
  const value = await desktop.clipboard();
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  return value;
}

async function choose(page: Page, wanted: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill(wanted);
  await expect(row(page, wanted).first()).toBeVisible();
  await page.keyboard.press('Enter');
  // The pane follows the cursor a moment later, and the acts are its own.
  await page.getByRole('complementary', { name: new RegExp(`^Token ${wanted}`) }).waitFor();
}

function row(page: Page, wanted: string) {
  return page.getByRole('treegrid', { name: 'Tokens' }).getByRole('row', { name: new RegExp(wanted) });
}

/** Where the sandbox listens that the window has started. */
async function sandboxUrl({ call }: OpenRondo): Promise<string> {
  const answer = await call('account.list', {});
  const host = answer.ok ? answer.value.accounts[0]?.host : undefined;
  if (host === undefined) throw new Error('the window is connected to no account');
  return host;
}
