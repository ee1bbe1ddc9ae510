import { expect, test, type Page } from '@playwright/test';
import { call, signIn, SLUG, withoutFaults } from './installation.ts';

/** An admin's stroll through the model, in the workspace that path.spec.ts filled: what a CSM says can be weighed, some accounts get weights of their own. */

type Draft = { weights: Record<string, number>; profiles: { name: string; rule: object; weights: Record<string, number> }[] };
const draftOf = async (page: Page): Promise<Draft | undefined> => (await call<{ draft: { config: Draft } | null }>(page, 'GET', '/health-model')).draft?.config;

test('what a CSM says is given points, a profile and a signal of their own are drafted, and nothing is published', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await signIn(page);
  await page.goto(`/w/${SLUG}/triage?tab=all&owner=anyone`);
  await page.getByRole('row').getByRole('link').first().click();
  await page.getByRole('radio', { name: 'Bad' }).click();
  await expect(page.getByRole('radio', { name: 'Bad' })).toBeChecked();
  await expect(page.getByText('Noted: bad').first()).toBeVisible();

  // what was said is data now: it stands beside usage and can be given points
  await page.goto(`/w/${SLUG}/health-model`);
  const points = page.getByLabel('Sentiment, points');
  await points.fill('10');
  await points.press('Tab');
  await expect(page.getByText(/weights changed/)).toBeVisible();

  // a signal of their own, refused where it means nothing
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Signal of your own' }).click();
  await dialog.getByLabel('Name').fill('Breadth of orders');
  await dialog.getByLabel(/scores 0/).fill('5');
  await dialog.getByLabel(/scores 100/).fill('5');
  await dialog.getByRole('button', { name: 'Define it' }).click();
  await expect(dialog.getByText('Good and bad need two values that differ')).toBeVisible();
  await withoutFaults(page, 'the dialog of a signal');
  await dialog.getByLabel(/scores 100/).fill('50');
  await dialog.getByRole('button', { name: 'Define it' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Breadth of orders, points')).toBeVisible();

  // a profile for newcomers: its slider moves nobody else's
  await page.getByRole('button', { name: 'Profile', exact: true }).click();
  await dialog.getByLabel('Name').fill('Newcomers');
  await dialog.getByRole('button', { name: 'Add the profile' }).click();
  await expect(dialog.getByText(/Say which accounts it is for/)).toBeVisible();
  await dialog.getByLabel(/In use for less than/).fill('90');
  await expect(dialog.getByText(/^Would judge [\d,]+ accounts today\.$/)).toBeVisible();
  await withoutFaults(page, 'the dialog of a profile');
  await dialog.getByRole('button', { name: 'Add the profile' }).click();
  const judgedAs = async (name: RegExp) => Number(/([\d,]+) account/.exec(await page.getByRole('button', { name }).innerText())?.[1]?.replaceAll(',', ''));
  await expect.poll(() => judgedAs(/^Newcomers/)).toBeGreaterThan(0);
  const newcomers = await judgedAs(/^Newcomers/);

  // a plan that nobody has says so where it is asked for; what fits two profiles is judged by the upper one
  await page.getByRole('button', { name: 'Profile', exact: true }).click();
  await dialog.getByLabel('Name').fill('Gold');
  await dialog.getByLabel('Plan').fill('Gold');
  await expect(dialog.getByText('No account has plan Gold today: none has a plan.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add the profile' }).click();
  const gold = page.getByRole('button', { name: /^Gold 0 accounts/ });
  await expect(gold).toContainText('No account has plan Gold today');
  await page.getByRole('button', { name: 'Whom Gold is for' }).click();
  await dialog.getByLabel('Plan').fill('');
  await dialog.getByLabel(/In use for less than/).fill('60');
  await dialog.getByRole('button', { name: 'Keep it so' }).click();
  await expect(gold).toContainText('judged by a profile above it');
  await page.getByRole('button', { name: 'Ask Gold earlier' }).click();
  await expect.poll(() => judgedAs(/^Gold/)).toBeGreaterThan(0);
  await expect.poll(async () => (await judgedAs(/^Gold/)) + (await judgedAs(/^Newcomers/))).toBe(newcomers);
  await page.getByRole('button', { name: 'Take Gold away' }).click();
  await expect.poll(() => judgedAs(/^Newcomers/)).toBe(newcomers);

  // bands that contradict each other: the bar says so, and leads there from anywhere by keyboard
  await page.getByRole('button', { name: /^Newcomers/ }).click();
  await page.getByLabel('At risk below').fill('90');
  await page.getByLabel('At risk below').press('Tab');
  await page.getByRole('button', { name: /^Everyone else/ }).click();
  await expect(page.getByRole('button', { name: 'Save draft' })).toBeDisabled();
  await expect(page.getByRole('button', { name: /^Publish v/ })).toHaveAccessibleDescription(/Newcomers: healthy must begin above 90/);
  await expect(page.getByRole('status').filter({ hasText: 'Cannot be saved or published' })).toBeVisible();
  await withoutFaults(page, 'a model that contradicts itself');
  await page.getByRole('button', { name: /^Newcomers: healthy must begin above 90/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Healthy from')).toBeFocused();
  await expect(page.getByLabel('Healthy from')).toHaveAccessibleDescription(/must begin above 90/);
  await page.getByLabel('At risk below').fill('50');
  await page.getByLabel('At risk below').press('Tab');
  await expect(page.getByText('Cannot be saved or published')).toBeHidden();

  await page.getByLabel('Silence, points').fill('40');
  await page.getByLabel('Silence, points').press('Tab');
  await withoutFaults(page, 'a model with a profile');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect
    .poll(() => draftOf(page))
    .toMatchObject({ weights: { sentiment: 10 }, profiles: [{ name: 'Newcomers', rule: { tenureBelow: 90 }, weights: { silence: 40 } }] });
  expect((await draftOf(page))?.weights.silence).not.toBe(40);

  // the signal goes as it came, and the draft with everything in it
  await page.getByRole('button', { name: 'Take Breadth of orders away' }).click();
  await expect(page.getByLabel('Breadth of orders, points')).toBeHidden();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Throw it away' }).click();
  await expect.poll(() => draftOf(page)).toBeUndefined();
  await expect(page.getByRole('button', { name: /^Newcomers/ })).toBeHidden();
  expect(faults).toEqual([]);
});
