import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium, expect, type Browser, type Page } from '@playwright/test';

export const ADMIN = { name: 'Robin Hale', email: 'robin@retail.example', password: 'correct horse battery' };
export const SLUG = 'retail';
const EXAMPLES = join(import.meta.dirname, '../../../examples/online-retail');

/** Claims the empty installation through its one-time link and ends signed in. */
export const claim = async (page: Page, link = process.env.SETUP_LINK): Promise<void> => {
  if (!link) throw new Error('SETUP_LINK is not set: run pnpm test --only e2e');
  await page.goto(link);
  await page.getByLabel('Your name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.locator('input[name="workspace.name"]').fill('Retail');
  await page.locator('input[name="workspace.slug"]').fill(SLUG);
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await page.waitForURL(/\/w\/retail/);
  await call(page, 'PATCH', '/workspace', { data: { timezone: 'Europe/London', currency: 'GBP' } });
};

export const signIn = async (page: Page): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await page.waitForURL(/\/w\/[^/]+\/./); // past the redirect, which would abort where one goes next
};

/** A browser without the test runner, for benches. */
export const openBrowser = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

type Sent = { data?: unknown; body?: Buffer; type?: string; slug?: string };

/** Calls the product's API as the signed-in person, from our own origin; answers the JSON of a good reply. */
export const call = async <T>(page: Page, method: string, path: string, { data, body, type, slug = SLUG }: Sent = {}): Promise<T> => {
  const origin = new URL(page.url()).origin;
  const reply = await page.request.fetch(`${origin}/api/v1/w/${slug}${path}`, {
    method,
    headers: { origin, ...(type ? { 'content-type': type } : {}) },
    ...(data === undefined ? {} : { data }),
    ...(body ? { data: body } : {}),
  });
  expect(reply.ok(), `${method} ${path} answered ${reply.status()}: ${await reply.text()}`).toBe(true);
  return (await reply.json()) as T;
};

/** The retail example as it lies in the repository: the file and how it is read. */
export const retail = { file: join(EXAMPLES, 'invoices.csv'), mapping: join(EXAMPLES, 'invoices.mapping.json') };

/** Waits until nothing works in the background. */
export const settled = async (page: Page): Promise<void> => {
  type Runs = { items: { state: string }[] };
  await expect.poll(async () => (await call<Runs>(page, 'GET', '/runs')).items.filter((run) => run.state === 'running').length, { timeout: 300_000 }).toBe(0);
};

const CONTRAST = 'color-contrast';
/** What axe looks at: contrast is the one rule that colours decide. */
const looks = {
  everything: (axe: AxeBuilder) => axe,
  colours: (axe: AxeBuilder) => axe.withRules(CONTRAST),
  'all but colours': (axe: AxeBuilder) => axe.disableRules(CONTRAST),
};

/** axe finds nothing on the page as it stands. */
export const withoutFaults = async (page: Page, what: string, look: keyof typeof looks = 'everything'): Promise<void> => {
  // In the page itself: there are no frames to gather from, and the way around by a second page takes three times as long.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await looks[look](axe).analyze();
  expect
    .soft(
      violations.map(({ id, nodes: [node] }) => `${id}: ${node?.failureSummary} ${node?.html}`),
      what,
    )
    .toEqual([]);
};
