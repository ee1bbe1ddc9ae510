import { expect, test, type Page } from '@playwright/test';
import { screens } from '../src/shell/screens.ts';
import { call, signIn, SLUG, withoutFaults } from './installation.ts';

/** Every screen of the workspace that path.spec.ts filled: axe finds nothing and nothing overflows, wide in both themes and on a phone. */

// The dark theme changes colours alone, the phone the layout alone.
const widths = {
  wide: {
    size: { width: 1440, height: 900 },
    themes: [
      ['light', 'everything'],
      ['dark', 'colours'],
    ],
  },
  phone: { size: { width: 390, height: 844 }, themes: [['light', 'all but colours']] },
} as const;

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A backtest that is done, where what it found is shown. */
const finishedBacktest = async (page: Page): Promise<string> => {
  const { id } = await call<{ id: string }>(page, 'POST', '/backtests', { data: { cutoffs: ['2011-06-30'] } });
  await expect.poll(async () => (await call<{ state: string }>(page, 'GET', `/backtests/${id}`)).state, { timeout: 120_000 }).toBe('done');
  return `/health-model/backtest/${id}`;
};

/** Two days of an account that has a score. */
const lookBack = async (page: Page): Promise<string> => {
  const { items } = await call<{ items: { id: string }[] }>(page, 'GET', '/accounts?sort=health&limit=1');
  return `/account/${items[0]?.id}/look-back`;
};

test('every screen in both themes and at both widths', async ({ page }) => {
  test.setTimeout(900_000);
  await signIn(page);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  const more = {
    import: '/settings/data/import',
    newMeter: '/settings/meters/new',
    refused: '/settings/data/refused',
    corrections: '/settings/data/corrections',
    merges: '/settings/data/merges',
    source: '/settings/data/source/setup',
    debugger: '/developers/debugger',
    tasks: '/alert?tab=tasks',
    all: '/triage?tab=all',
    backtests: '/health-model/backtest',
    backtest: await finishedBacktest(page),
    overrides: '/health-model/override',
    lookBack: await lookBack(page),
  };
  for (const path of [...Object.values(screens).map((screen) => screen.path), ...Object.values(more)]) {
    for (const [width, { size, themes }] of Object.entries(widths)) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(`/w/${SLUG}${path}`);
      await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
      for (const [colorScheme, look] of themes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.waitForTimeout(300); // colours move over
        await withoutFaults(page, `${path} ${width} ${colorScheme}`, look);
      }
      expect.soft(await overflow(page), `${path} ${width} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
  expect(faults).toEqual([]);
});

test('a page with an id of nobody, and one of another workspace, are the same page', async ({ page }) => {
  await signIn(page);
  const { items } = await call<{ items: { id: string }[] }>(page, 'GET', '/accounts?limit=1');
  const mine = items[0]?.id ?? '';
  const origin = new URL(page.url()).origin;
  const made = await page.request.post(`${origin}/api/v1/entry/workspaces`, {
    headers: { origin },
    data: { name: 'Other', slug: 'other', timezone: 'UTC', currency: 'EUR' },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const seen = async (path: string) => {
    const answer = await page.goto(path);
    return { status: answer?.status(), words: await page.locator('body').innerText() };
  };
  expect((await seen(`/w/${SLUG}/account/${mine}`)).status).toBe(200);
  const nobody = await seen(`/w/other/account/00000000-0000-4000-8000-000000000000`);
  expect(nobody.status).toBe(404);
  expect(await seen(`/w/other/account/${mine}`)).toEqual(nobody);
  const strange = await seen(`/w/nowhere/account/${mine}`);
  expect(strange.status).toBe(404);
});
