import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { call, claim, retail, SLUG } from './installation.ts';

/** The main job, end to end, as one person lives it. The steps share the installation, so they are one test. */

const LAST_DAY = '2011-12-09';
const AS_OF = '2011-11-20';

const importRetail = async (page: Page): Promise<{ accepted: number; duplicates: number; state: string }> => {
  const { file, mapping } = retail();
  const { uploadId } = await call<{ uploadId: string }>(page, 'POST', '/imports/files?fileName=invoices.csv', { body: file, type: 'text/csv' });
  const { currency: _, ...how } = mapping;
  const { id } = await call<{ id: string }>(page, 'POST', '/imports', { data: { ...how, uploadId, fileName: 'invoices.csv' } });
  const read = () => call<{ state: string; accepted: number; duplicates: number }>(page, 'GET', `/imports/${id}`);
  await expect.poll(async () => (await read()).state, { timeout: 120_000 }).toBe('done');
  return read();
};

const settled = async (page: Page): Promise<void> => {
  type Runs = { items: { state: string }[] };
  await expect.poll(async () => (await call<Runs>(page, 'GET', '/runs')).items.filter((run) => run.state === 'running').length, { timeout: 180_000 }).toBe(0);
};

const withoutFaults = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};

test('usage in, a ranked and explained book out, moved by weights and by events', async ({ page, request }) => {
  test.setTimeout(600_000);
  const foreign: string[] = [];
  page.on('request', (asked) => {
    const { hostname, protocol } = new URL(asked.url());
    if (protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(hostname)) foreign.push(asked.url());
  });

  await claim(page);
  await call(page, 'PATCH', '/workspace', { data: { asOfPin: AS_OF } });
  const first = await importRetail(page);
  expect(first).toMatchObject({ accepted: 22_190, duplicates: 0 });
  expect(await importRetail(page)).toMatchObject({ accepted: 0, duplicates: 22_190 });
  await settled(page);

  // triage: ranked by money, each row with its reason
  await page.goto(`/w/${SLUG}/triage`);
  await expect(page.getByRole('heading', { name: 'Triage' })).toBeVisible();
  const rows = page.getByRole('row').filter({ has: page.getByRole('link') });
  await expect(rows.first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/usually every/).first()).toBeVisible();
  await withoutFaults(page);

  // the account behind a row says why
  type Page1 = { items: { id: string; externalId: string; name: string; health: number | null; segment: string }[] };
  const book = await call<Page1>(page, 'GET', '/triage?tab=churn_risk&limit=50');
  const quiet = book.items.find((row) => row.health !== null && row.health < 50);
  expect(quiet, 'somebody is at risk').toBeDefined();
  if (!quiet) return;
  await page.goto(`/w/${SLUG}/account/${quiet.id}`);
  await expect(page.getByRole('heading', { name: quiet.name }).first()).toBeVisible();
  await expect(page.getByText(/Why the score is/)).toBeVisible();

  // weights: a slider moved by keyboard previews on all accounts; publishing makes a version
  await page.goto(`/w/${SLUG}/health-model`);
  const slider = page.getByRole('slider', { name: /Momentum/ });
  await slider.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /^Publish v2/ }).click();
  await page.getByLabel('Why it changes').fill('Momentum counts for more here');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Publish/ })
    .click();
  await expect.poll(async () => (await call<{ published: { version: number } }>(page, 'GET', '/health-model')).published.version, { timeout: 60_000 }).toBe(2);
  await settled(page);

  // events over HTTP lift one account's row without a reload
  const { key } = await call<{ key: string }>(page, 'POST', '/api-keys', { data: { name: 'e2e', scopes: ['ingest'] } });
  await page.goto(`/w/${SLUG}/triage?tab=churn_risk`);
  const row = page.getByRole('row').filter({ hasText: quiet.name });
  await expect(row.first()).toBeVisible();
  const before = await row.first().innerText();
  const sent = await request.post(`/api/v1/events`, {
    headers: { authorization: `Bearer ${key}` },
    data: { id: 'e2e-1', account: quiet.externalId, event: 'invoice', value: 250, properties: { Invoice: 'E2E1', SoldLines: 4, Units: 20 } },
  });
  expect(await sent.json()).toEqual({ accepted: 1, duplicates: 0, conflicts: 0, rejected: [] });
  await expect.poll(async () => ((await row.count()) === 0 ? 'left the list' : await row.first().innerText()), { timeout: 15_000 }).not.toBe(before);

  // the as-of day moves on: somebody falls below the threshold
  await page.goto(`/w/${SLUG}/alert`);
  await expect(page.getByRole('heading', { name: /Alerts/ }).first()).toBeVisible();
  type Alerts = { items: { id: string; account: { name: string } }[] };
  // the day after the as-of day is in the file too, and usage on it may already have ended somebody's dormancy
  const known = new Set((await call<Alerts>(page, 'GET', '/alerts?limit=200')).items.map(({ id }) => id));
  const fresh = async () => (await call<Alerts>(page, 'GET', '/alerts?limit=200')).items.filter(({ id }) => !known.has(id));
  await call(page, 'PATCH', '/workspace', { data: { asOfPin: LAST_DAY } });
  await expect.poll(async () => (await fresh()).length, { timeout: 120_000 }).toBeGreaterThan(0);
  expect(foreign).toEqual([]);
});
