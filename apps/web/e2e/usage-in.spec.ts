import { expect, test, type Page } from '@playwright/test';
import { call, signIn, SLUG, withoutFaults } from './installation.ts';

/** An admin's way through what was refused and what was wrong, in the workspace that path.spec.ts filled. */
test('a refused event is seen and taken in, a wrong one is taken back and put back', async ({ page, request }) => {
  await signIn(page);
  const { key } = await call<{ key: string }>(page, 'POST', '/api-keys', { data: { name: 'Backend', scopes: ['ingest'] } });
  await call(page, 'PATCH', '/workspace', { data: { unknownAccounts: 'refuse' } });
  const sent = await request.post('/api/v1/events', {
    headers: { authorization: `Bearer ${key}` },
    data: [{ id: 'in-1', account: 'newcomer', event: 'invoice', value: 12 }],
  });
  expect(sent.headers().ratelimit).toMatch(/^"workspace";r=\d+;t=\d+$/);
  expect(await sent.json()).toMatchObject({ accepted: 0, rejected: [{ code: 'unknown-account' }] });

  await page.goto(`/w/${SLUG}/settings/data`);
  await page.getByRole('link', { name: 'Refused events: 1' }).click();
  await expect(page.getByRole('link', { name: 'The account is unknown' })).toBeVisible();
  await page.getByRole('table', { name: 'The latest refused events' }).getByRole('button').first().click();
  await expect(page.getByRole('region', { name: 'What was sent' })).toContainText('"newcomer"');
  await withoutFaults(page, 'refused events');
  await call(page, 'PATCH', '/workspace', { data: { unknownAccounts: 'create' } });
  await page.getByRole('button', { name: 'Take in' }).click();
  await expect(page.getByText('1 taken in')).toBeVisible();
  await expect(page.getByText('Nothing was refused.')).toBeVisible();

  await page.goto(`/w/${SLUG}/developers/debugger`);
  await page.getByRole('table', { name: 'What sends usage' }).getByRole('link', { name: 'Backend' }).click();
  await expect(page.getByRole('heading', { name: 'The latest requests of Backend' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'The latest requests' })).toContainText('1 refused');
  await withoutFaults(page, 'event debugger');

  await page.goto(`/w/${SLUG}/settings/data/corrections`);
  await page.getByText('By id', { exact: true }).click();
  await page.getByLabel('Event ids').fill('in-1');
  await page.getByLabel('Why').fill('Sent by a test');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('1 taken back')).toBeVisible();
  const row = page.getByRole('row').filter({ hasText: 'Sent by a test' });
  await row.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByRole('button', { name: 'Undo it' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Taken back by id' })).toContainText('undone');
  await expect(page.getByRole('row').filter({ hasText: 'A correction undone' })).toBeVisible();
  await withoutFaults(page, 'corrections');
});

const SILENT = 'silent';
const dayBack = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const closedThrough = async (page: Page) => (await call<{ closedThrough: string | null }>(page, 'GET', '/workspace', { slug: SILENT })).closedThrough;

/** A workspace of its own: seven customers every day until 25 days ago, closed up to there; then nothing comes. */
const aSilentWorkspace = async (page: Page): Promise<void> => {
  const slug = SILENT;
  const origin = new URL(page.url()).origin;
  const made = await page.request.post(`${origin}/api/v1/entry/workspaces`, {
    headers: { origin },
    data: { name: 'Silent', slug, timezone: 'UTC', currency: 'EUR' },
  });
  expect(made.ok(), await made.text()).toBe(true);
  await call(page, 'PATCH', '/workspace', { slug, data: { asOfPin: dayBack(25) } });
  await call(page, 'POST', '/meters', { slug, data: { key: 'orders', name: 'Orders', unit: 'orders', eventName: 'order', aggregation: 'SUM' } });
  const { key } = await call<{ key: string }>(page, 'POST', '/api-keys', { slug, data: { name: 'Shop', scopes: ['ingest'] } });
  const days = Array.from({ length: 75 }, (_, i) => dayBack(99 - i));
  const events = days.flatMap((day) =>
    Array.from({ length: 7 }, (_, i) => ({ id: `${day} ${i}`, account: `customer-${i}`, event: 'order', value: 10, timestamp: `${day}T10:00:00Z` })),
  );
  const sent = await page.request.post(`${origin}/api/v1/events?historical=true`, { headers: { authorization: `Bearer ${key}` }, data: events });
  expect(await sent.json()).toMatchObject({ accepted: events.length });
  await expect.poll(() => closedThrough(page), { timeout: 60_000 }).toBe(dayBack(25));
  await call(page, 'PATCH', '/workspace', { slug, data: { asOfPin: null } });
};

test('a silence of everybody is no churn until an admin says that it is real; then its alerts come as one digest', async ({ page }) => {
  await signIn(page);
  await aSilentWorkspace(page);
  await page.goto(`/w/${SILENT}/settings/data`);
  const faults = page.getByRole('table', { name: /^Data faults/ });
  await expect(faults.getByText('Stands', { exact: true })).toBeVisible({ timeout: 60_000 }); // the page hears of it by itself

  await page.goto(`/w/${SILENT}/triage?tab=all&owner=anyone`);
  await page.getByRole('row').getByRole('link').first().click();
  await expect(page.getByText(/^Score held as of/).first()).toBeVisible();
  await withoutFaults(page, 'an account whose score is held');
  await page.getByRole('link', { name: 'See the fault' }).first().click();

  await faults.getByRole('button', { name: /^This is real/ }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByText('Is this silence real?')).toBeVisible();
  await withoutFaults(page, 'the dialog that says that a silence is real');
  await dialog.getByRole('button', { name: 'This is real' }).click();
  await expect(faults.getByText('Real', { exact: true })).toBeVisible();

  await expect.poll(() => closedThrough(page), { timeout: 60_000 }).toBe(dayBack(1));
  await page.goto(`/w/${SILENT}/alert?tab=tasks&owner=anyone`);
  await expect(page.getByText(/^Look through \d+ alerts from days that were closed late/)).toBeVisible({ timeout: 30_000 });
  await page.goto(`/w/${SILENT}/triage?tab=churn_risk&owner=anyone`);
  await page.getByRole('row').getByRole('link').first().click();
  await expect(page.getByText(/Why the score is/)).toBeVisible();
  await expect(page.getByText(/^Score held as of/)).toHaveCount(0);
});
