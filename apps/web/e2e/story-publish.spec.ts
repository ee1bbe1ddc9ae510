import { expect, test, type Page, type Route } from '@playwright/test';
import { call, settled, signIn, SLUG, withoutFaults } from './installation.ts';

/** A version is published in one tab, in the workspace that path.spec.ts filled, and every open screen says so; nothing is loaded again. */

type Row = { id: string; name: string; health: number | null };

const stay = (page: Page) => page.evaluate(() => Object.assign(window, { stayed: true }));
const stayed = (page: Page) => page.evaluate(() => 'stayed' in window);
const version = async (page: Page) => (await call<{ published: { version: number } }>(page, 'GET', '/health-model')).published.version;
/** Waits until the day everything is judged as on is closed: path.spec.ts leaves while it moves on. */
const closed = async (page: Page): Promise<void> => {
  const { asOfPin } = await call<{ asOfPin: string | null }>(page, 'GET', '/workspace');
  await expect.poll(async () => (await call<{ asOf: string }>(page, 'GET', '/health-model/preview')).asOf, { timeout: 120_000 }).toBe(asOfPin);
  await settled(page);
};

test('editor, versions, triage and an account name the version that was published, though an older answer comes last', async ({ page, context }) => {
  await signIn(page);
  await closed(page);
  const before = await version(page);
  const [row] = (await call<{ items: Row[] }>(page, 'GET', '/triage?tab=all&limit=1')).items;
  if (!row) throw new Error('triage is empty');
  const [list, account] = [await context.newPage(), await context.newPage()];
  await list.goto(`/w/${SLUG}/triage?tab=all&owner=anyone`);
  await account.goto(`/w/${SLUG}/account/${row.id}`);
  await page.goto(`/w/${SLUG}/health-model`);
  const judgedBy = account.getByRole('link', { name: /^Model v/ });
  await expect(judgedBy).toHaveText(`Model v${before}`);
  const inList = list.getByRole('row').filter({ hasText: row.name });
  await expect(inList).toContainText(String(Math.round(row.health ?? 0)));
  for (const tab of [page, list, account]) await stay(tab);

  // an answer from before the version is published, held back until after it
  const held: { route: Route; answer: Awaited<ReturnType<Route['fetch']>> }[] = [];
  const hold = async (route: Route) => {
    if (route.request().method() !== 'GET' || held.length > 0) return route.fallback();
    held.push({ route, answer: await route.fetch() });
  };
  await page.route(/\/health-model$/, hold);
  await page.getByLabel('Cadence, points').fill('0');
  await page.getByLabel('Cadence, points').press('Tab');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect.poll(() => held.length).toBe(1);
  await page.getByRole('button', { name: `Publish v${before + 1}` }).click();
  await page.getByRole('dialog').getByLabel('Why it changes').fill('Rhythm alone misleads here');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Publish v${before + 1}` })
    .click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(`Health model v${before + 1}`);
  await settled(page);
  for (const { route, answer } of held) {
    const came = page.waitForResponse((response) => response.request() === route.request());
    await route.fulfill({ response: answer });
    await (await came).finished();
  }
  await page.waitForTimeout(500); // whatever it would do, it has done
  await expect(heading).toHaveText(`Health model v${before + 1}`);
  await page.getByRole('button', { name: 'Versions' }).click();
  const inForce = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'in force' });
  await expect(inForce.getByRole('heading')).toHaveText(`Version ${before + 1}`);
  await withoutFaults(page, 'versions after one was published');

  await expect(judgedBy).toHaveText(`Model v${before + 1}`);
  const [now] = (await call<{ items: Row[] }>(page, 'GET', `/triage?tab=all&limit=200`)).items.filter(({ id }) => id === row.id);
  expect(Math.round(now?.health ?? 0)).not.toBe(Math.round(row.health ?? 0));
  await expect(inList).toContainText(String(Math.round(now?.health ?? 0)));

  // and back the same way
  await page
    .getByRole('listitem')
    .filter({ hasText: `Version ${before}` })
    .getByRole('button', { name: 'Go back to this' })
    .click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /Publish version/ })
    .click();
  await expect(inForce.getByRole('heading')).toHaveText(`Version ${before + 2}`);
  await page.keyboard.press('Escape');
  await expect(heading).toHaveText(`Health model v${before + 2}`);
  await settled(page);
  await expect(judgedBy).toHaveText(`Model v${before + 2}`);
  for (const tab of [page, list, account]) expect(await stayed(tab)).toBe(true);
});
