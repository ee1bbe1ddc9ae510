import { expect, test, type Page } from '@playwright/test';
import { signIn, SLUG, withoutFaults } from './installation.ts';

/** A CSM's stroll through accounts, in the workspace that path.spec.ts filled: on to the next and back, a field put right, a call logged. */

const place = (page: Page, at: number) => expect(page.getByRole('navigation', { name: 'List' }).getByText(new RegExp(`^${at} of \\d`))).toBeVisible();
const nameOf = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();

test('from the list to an account and on with j and k; edited, talked to and told in place', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await signIn(page);
  await page.goto(`/w/${SLUG}/triage?tab=all&owner=anyone`);
  await page.getByRole('row').getByRole('link').first().click();

  // the neighbours are those of the list, and the way of looking goes along
  await place(page, 1);
  const first = await nameOf(page);
  await page.getByRole('radio', { name: '13 w' }).click();
  await expect(page).toHaveURL(/weeks=13/);
  await page.keyboard.press('j');
  await place(page, 2);
  await expect(page).toHaveURL(/weeks=13/);
  expect(await nameOf(page)).not.toBe(first);
  await page.keyboard.press('k');
  await place(page, 1);
  expect(await nameOf(page)).toBe(first);
  await withoutFaults(page, 'an account reached from the list');

  // a field is put right where it is seen; the dialog says what a status means
  await page.keyboard.press('f');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Industry').fill('Gift shops');
  await dialog.getByLabel('Status').selectOption('internal');
  await expect(dialog.getByText(/stays out of peers, NRR and triage/)).toBeVisible();
  await dialog.getByLabel('Status').selectOption('live');
  await withoutFaults(page, 'the dialog that edits an account');
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('link', { name: 'Gift shops' })).toBeVisible();

  // a call is logged and stands in the timeline, without a reload
  const words = 'They switch suppliers in spring';
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await page.keyboard.press('c');
  await dialog.getByLabel(/What was said/).fill(words);
  await dialog.getByRole('button', { name: 'Log', exact: true }).click();
  await expect(page.locator('#timeline').getByText(words)).toBeVisible();
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);

  // back to the list as it was left
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/triage\?tab=all/);
  expect(faults).toEqual([]);
});
