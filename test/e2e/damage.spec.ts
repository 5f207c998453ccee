import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { damageOneToken } from './damage.ts';
import { enter, tabTo } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

test('a damaged token is told, everything else is shown, and the backup gives it back to who types REPAIR', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  const before = expectOk(await app.call('token.list', {})).tokens.length;
  const label = await damageOneToken(app);
  const { page } = app;
  await expect(page.getByText('1 part of the vault could not be read as it should be.')).toBeVisible();
  expect(expectOk(await app.call('token.list', {})).tokens).toHaveLength(before - 1);

  await enter(page, 'See what is damaged');
  const dialog = page.getByRole('dialog', { name: 'What is damaged' });
  await expect(dialog.getByRole('button', { name: 'Leave it as it is' })).toBeFocused();
  await expect(dialog.getByRole('listitem')).toHaveText(
    /^Token [0-9a-f]{12} does not open; comes back from the backup/,
  );
  const act = dialog.getByRole('button', { name: 'Repair the vault' });
  await expect(act).toBeDisabled();
  await tabTo(page, 'Type REPAIR');
  await page.keyboard.type('REPAIR');
  await expect(act).toBeEnabled();
  await app.replaced(() => page.keyboard.press('Enter'));
  await app.unlock();
  const after = expectOk(await app.call('token.list', {})).tokens;
  expect(after).toHaveLength(before);
  expect(after.map((token) => token.label)).toContain(label);
  await expect(app.page.getByText(/could not be read as it should be/)).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});
