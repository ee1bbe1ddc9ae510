/**
 * `pnpm screenshots [address] [name …]`: every screen of the running demo (http://localhost:3000) as a picture under
 * docs/screenshots, at 1440 and 390 wide, light and dark; and the page that shows them. Names narrow it down.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from '../apps/web/e2e/installation.ts';
import { root } from './paths.ts';
import { chromiumHint, findChromium } from './test/system-programs.ts';

type Shot = { title: string; path: string; as?: 'mara' | 'sunniva' | 'ada'; act?: (page: Page) => Promise<unknown> };
type Page = Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>['newPage']>>;

const PASSWORD = 'tideline-demo';
const WIDTHS = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844 } };
const THEMES = ['light', 'dark'] as const;
const openFirst = async (page: Page): Promise<void> => {
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1_000);
};

/** The newest backtest; starts one where there is none. */
const openBacktest = async (page: Page): Promise<void> => {
  const newest = page.getByRole('rowheader').getByRole('link').first();
  await ((await newest.count()) > 0 ? newest : page.getByRole('button', { name: 'Start the test' })).click();
  await page.getByRole('heading', { name: 'Health against simple yardsticks' }).waitFor();
};

/** The newest fit; starts one where there is none. */
const openFit = async (page: Page): Promise<void> => {
  const start = page.getByRole('button', { name: 'Fit weights to our history' });
  if ((await start.count()) > 0) await start.click();
  await page.getByRole('button', { name: 'Fit again' }).waitFor();
};

const lookBack = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: /Compare any two days/ }).click();
  await page.getByLabel('From').waitFor(); // the account has the same headings
};

const shots: Record<string, Shot> = {
  'sign-in': { title: 'Sign-in', path: '/sign-in' },
  triage: { title: 'Triage', path: '/w/lumenforge/triage', as: 'mara' },
  'triage-panel': { title: 'Triage with its side panel', path: '/w/lumenforge/triage', as: 'mara', act: openFirst },
  account: { title: 'Account', path: '', as: 'mara' },
  'look-back': { title: 'Two days of an account compared', path: '', as: 'mara', act: lookBack },
  accounts: { title: 'Accounts', path: '/w/lumenforge/account', as: 'mara' },
  alert: { title: 'Alerts', path: '/w/lumenforge/alert', as: 'mara' },
  task: { title: 'Tasks', path: '/w/lumenforge/alert?tab=tasks', as: 'mara' },
  revenue: { title: 'Revenue', path: '/w/lumenforge/revenue', as: 'sunniva' },
  portfolio: { title: 'Portfolio', path: '/w/lumenforge/portfolio', as: 'sunniva' },
  'health-model': { title: 'Health model with its preview', path: '/w/lumenforge/health-model', as: 'ada' },
  backtests: { title: 'Backtests of the health model', path: '/w/lumenforge/health-model/backtest', as: 'ada' },
  backtest: { title: 'What a backtest found', path: '/w/lumenforge/health-model/backtest', as: 'ada', act: openBacktest },
  fit: { title: 'Weights fitted to the own history', path: '/w/lumenforge/health-model/fit', as: 'ada', act: openFit },
  meters: { title: 'Meters and prices', path: '/w/lumenforge/settings/meters', as: 'ada' },
  milestones: { title: 'Milestones', path: '/w/lumenforge/settings/milestones', as: 'ada' },
  'alert-rules': { title: 'Alert rules', path: '/w/lumenforge/settings/alert-rules', as: 'ada' },
  webhooks: { title: 'Webhooks', path: '/w/lumenforge/settings/webhooks', as: 'ada' },
  data: { title: 'Data', path: '/w/lumenforge/settings/data', as: 'ada' },
  refused: { title: 'Refused events', path: '/w/lumenforge/settings/data/refused', as: 'ada' },
  merges: { title: 'Proposed merges', path: '/w/lumenforge/settings/data/merges', as: 'ada' },
  corrections: { title: 'Corrections', path: '/w/lumenforge/settings/data/corrections', as: 'ada' },
  source: { title: 'A source is set up', path: '/w/lumenforge/settings/data/source/setup', as: 'ada' },
  debugger: { title: 'Event debugger', path: '/w/lumenforge/developers/debugger', as: 'ada' },
  import: { title: 'Import', path: '/w/lumenforge/settings/data/import', as: 'ada' },
  members: { title: 'Members', path: '/w/lumenforge/settings/members', as: 'ada' },
  keys: { title: 'API keys', path: '/w/lumenforge/settings/keys', as: 'ada' },
  workspace: { title: 'Workspace settings', path: '/w/lumenforge/settings/workspace', as: 'ada' },
  audit: { title: 'Audit log', path: '/w/lumenforge/settings/audit', as: 'ada' },
  developers: { title: 'Developers', path: '/w/lumenforge/developers', as: 'ada' },
};

const folder = join(root, 'docs/screenshots');
const [address = 'http://localhost:3000', ...names] = process.argv.slice(2);
const chromium = findChromium();
if (!chromium) throw new Error(chromiumHint);
const browser = await openBrowser(chromium);

const signIn = async (page: Page, name: string): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(`${name}@lumenforge.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await page.waitForURL(/\/w\/[^/]+\/./); // past the redirect, which would abort where one goes next
};

/** The page of whoever stands first in the reader's triage. */
const firstAccount = async (page: Page): Promise<string> => {
  await page.goto('/w/lumenforge/triage');
  const link = page.getByRole('row').getByRole('link').first();
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
};

mkdirSync(folder, { recursive: true });
for (const [width, viewport] of Object.entries(WIDTHS)) {
  for (const colorScheme of THEMES) {
    const pages = new Map<string, Page>();
    const pageOf = async (name: string): Promise<Page> => {
      const page =
        pages.get(name) ??
        (await (
          await browser.newContext({ baseURL: address, viewport, colorScheme, isMobile: viewport.width < 600, hasTouch: viewport.width < 600 })
        ).newPage());
      if (!pages.has(name) && name !== '') await signIn(page, name);
      pages.set(name, page);
      return page;
    };
    for (const [name, { path, as = '', act }] of Object.entries(shots)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const page = await pageOf(as);
      await page.goto(path || (await firstAccount(page)));
      await page.waitForTimeout(1_500); // charts are drawn once their width is known
      await act?.(page);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
    }
    for (const page of pages.values()) await page.context().close();
  }
}
await browser.close();

const sections = Object.entries(shots).map(
  ([name, { title }]) => `## ${title}

| light | dark |
|---|---|
| ![${title}, light](${name}-1440-light.png) | ![${title}, dark](${name}-1440-dark.png) |
| ![${title} on a phone, light](${name}-390-light.png) | ![${title} on a phone, dark](${name}-390-dark.png) |
`,
);
writeFileSync(join(folder, 'README.md'), `# Screens\n\nTaken from the running demo by \`pnpm screenshots\`.\n\n${sections.join('\n')}`);
