import { expect, test, type Page } from '@playwright/test';
import { call, signIn, SLUG, withoutFaults } from './installation.ts';

/** The past of the workspace that path.spec.ts filled proposes weights; a person puts them into a draft, and tests that. */

const phone = { width: 390, height: 844 };
const wide = { width: 1440, height: 900 };

const publishedVersion = async (page: Page) => (await call<{ published: { version: number } }>(page, 'GET', '/health-model')).published.version;

test('weights fitted to the history are offered with their test, go into a draft, and are published by nobody', async ({ page }) => {
  test.setTimeout(300_000);
  await signIn(page);
  const before = await publishedVersion(page);
  await page.goto(`/w/${SLUG}/health-model/backtest`);
  await page.getByRole('link', { name: 'Fit weights to our history' }).click();
  await page.getByRole('button', { name: 'Fit weights to our history' }).click();
  const verdict = page.getByRole('heading', { name: /^(Keep the present model|Worth adopting): fitted weights find/ });
  await expect(verdict).toBeVisible({ timeout: 180_000 });
  const against = (await verdict.innerText()).startsWith('Keep');
  for (const size of [wide, phone]) {
    await page.setViewportSize(size);
    await withoutFaults(page, `fitted weights ${size.width}`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(sideways, `fitted weights ${size.width} scroll sideways`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(wide);
  const fitted = page.getByRole('table', { name: 'Weights of the usage signals, in force and fitted' }).getByRole('row', { name: /^Cadence/ });
  const points = Number(await fitted.getByRole('cell').nth(1).innerText());
  await page.getByRole('button', { name: `Put these weights into a draft${against ? ' against the advice' : ''}`, exact: true }).click();
  await page.waitForURL(/health-model$/);
  expect(Number(await page.getByLabel('Cadence, points').inputValue())).toBeCloseTo(points, 0);
  expect(await publishedVersion(page)).toBe(before);

  await page.getByRole('button', { name: 'Backtest this draft' }).click();
  const tested = page.getByRole('region', { name: 'The backtest it would have had' });
  await expect(tested.getByRole('progressbar')).toBeVisible();
  await tested.getByRole('button', { name: 'Stop' }).click();
  await expect(tested.getByText('The test was stopped')).toBeVisible({ timeout: 60_000 });
  await call(page, 'DELETE', '/health-model/draft');
});
