import { expect, test, type Locator, type Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { call, claim, retail, settled, signIn, SLUG, withoutFaults } from './installation.ts';
import { openReceiver } from './receiver.ts';

/** The main job, end to end, as one person lives it. The steps share the installation, so they are one test. */

const AS_OF = '2011-11-20';
type Told = { data: { alert: { id: string } } };
type Row = { id: string; externalId: string; name: string; health: number | null };

const importRetail = async (page: Page, taken: string): Promise<void> => {
  await page.goto(`/w/${SLUG}/settings/data/import`);
  await page.getByLabel('CSV file').setInputFiles(retail.file);
  await page.getByLabel('Mapping file').setInputFiles(retail.mapping);
  await expect(page.getByRole('region', { name: 'Preview' }).getByText(/would be taken in/)).toBeVisible();
  await page.getByRole('button', { name: 'Import the usage' }).click();
  await expect(page.getByText('The file is in.')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByTitle(taken, { exact: true }).first()).toBeVisible();
};

/** The account of the riskiest row, whose page says why. */
const lookAtTheRiskiest = async (page: Page): Promise<Row> => {
  const book = await call<{ items: Row[] }>(page, 'GET', '/triage?tab=churn_risk&limit=50');
  const quiet = book.items.find((row) => row.health !== null && row.health < 50);
  if (!quiet) throw new Error('nobody is at risk');
  await page.getByRole('row').getByRole('link', { name: quiet.name }).first().click();
  await expect(page.getByRole('heading', { name: quiet.name }).first()).toBeVisible();
  await expect(page.getByText(/Why the score is/)).toBeVisible();
  await withoutFaults(page, 'account');
  return quiet;
};

/** A slider moved by keyboard previews on all accounts; publishing makes a version. */
const publishOtherWeights = async (page: Page): Promise<void> => {
  await page.goto(`/w/${SLUG}/health-model`);
  const slider = page.getByRole('slider', { name: /Momentum/ });
  await slider.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /^Publish v2/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why it changes').fill('Momentum counts for more here');
  await dialog.getByRole('button', { name: /Publish/ }).click();
  await expect.poll(async () => (await call<{ published: { version: number } }>(page, 'GET', '/health-model')).published.version, { timeout: 60_000 }).toBe(2);
  await settled(page);
};

const createKey = async (page: Page): Promise<string> => {
  await page.goto(`/w/${SLUG}/settings/keys`);
  await page.getByRole('button', { name: 'Create a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('e2e');
  await dialog.getByRole('button', { name: /Create/ }).click();
  return dialog.getByLabel('API key').inputValue();
};

const textOf = async (row: Locator): Promise<string> => ((await row.count()) === 0 ? 'left the list' : row.first().innerText());

test('usage in, a ranked and explained book out, moved by weights and by events', async ({ page, request }) => {
  test.setTimeout(600_000);
  const foreign: string[] = [];
  page.on('request', (asked) => {
    const { hostname, protocol } = new URL(asked.url());
    if (protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(hostname)) foreign.push(asked.url());
  });

  await claim(page);
  await page.context().clearCookies();
  await signIn(page);
  await call(page, 'PATCH', '/workspace', { data: { asOfPin: AS_OF } }); // history is judged as on that day
  await importRetail(page, '22,190');
  await settled(page);

  // triage: ranked by money, each row with its reason
  await page.goto(`/w/${SLUG}/triage?tab=churn_risk`);
  await expect(page.getByRole('heading', { name: 'Triage' })).toBeVisible();
  await expect(page.getByText(/usually every/).first()).toBeVisible({ timeout: 60_000 });
  await withoutFaults(page, 'triage');
  const quiet = await lookAtTheRiskiest(page);
  await publishOtherWeights(page);

  // events over HTTP lift one account's row without a reload
  const key = await createKey(page);
  await page.goto(`/w/${SLUG}/triage?tab=churn_risk`);
  const row = page.getByRole('row').filter({ hasText: quiet.name });
  await expect(row.first()).toBeVisible();
  const before = await textOf(row);
  const sent = await request.post(`/api/v1/events`, {
    headers: { authorization: `Bearer ${key}` },
    data: { id: 'e2e-1', account: quiet.externalId, event: 'invoice', value: 250, properties: { Invoice: 'E2E1', SoldLines: 4, Units: 20 } },
  });
  expect(await sent.json()).toEqual({ accepted: 1, duplicates: 0, conflicts: 0, rejected: [], conflicting: [] });
  await expect.poll(() => textOf(row), { timeout: 15_000 }).not.toBe(before);

  // the as-of day moves on, as the import offers: somebody falls below the threshold; alert and task appear, the webhook hears it once
  const receiver = await openReceiver();
  const hook = await call<{ id: string; secret: string }>(page, 'POST', '/webhooks', { data: { url: receiver.url, events: ['alert.opened'] } });
  await page.goto(`/w/${SLUG}/alert?owner=anyone`);
  const inbox = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem');
  const shownBefore = await inbox.count();
  const alertsBefore = (await call<{ items: Row[] }>(page, 'GET', '/alerts?limit=200')).items.map(({ id }) => id);
  const other = await page.context().newPage();
  await importRetail(other, '22,190'); // the same file again: all of it is there already
  await expect(other.getByText('There already')).toBeVisible();
  await other.getByRole('button', { name: /^Judge as on/ }).click();
  await expect.poll(() => inbox.count(), { timeout: 120_000 }).toBeGreaterThan(shownBefore);
  await page
    .getByRole('button', { name: /^Evidence: / })
    .first()
    .click();
  await expect(page.getByText('What fired, on which evidence')).toBeVisible();
  await withoutFaults(page, 'alerts');
  await page.getByRole('navigation', { name: 'Inbox' }).getByRole('link', { name: /Tasks/ }).click();
  await expect(page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').first()).toBeVisible();

  // every alert that is listed was told, each message once and signed; moving the as-of day told nobody twice
  type Alerts = { items: { id: string; state: string }[] };
  const open = (await call<Alerts>(page, 'GET', '/alerts?limit=200')).items.filter(({ id }) => !alertsBefore.includes(id));
  const messages = () => receiver.received.map(({ body, headers }) => new Webhook(hook.secret).verify(body, headers as Record<string, string>) as Told);
  const heard = () => messages().map(({ data }) => data.alert.id);
  await expect.poll(() => open.filter(({ id }) => !heard().includes(id)).length, { timeout: 60_000 }).toBe(0);
  expect(new Set(heard()).size).toBe(heard().length);
  await receiver.close();
  await call(page, 'DELETE', `/webhooks/${hook.id}`);
  expect(foreign).toEqual([]);
});
