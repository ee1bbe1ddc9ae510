import { chromium } from '@playwright/test';
const base = 'http://localhost:3911';
const run = async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  page.setDefaultTimeout(180_000);
  await page.goto(`${base}/sign-in`);
  await page.getByLabel(/mail/i).fill('mara@lumenforge.example');
  await page.getByLabel(/password/i).fill('tideline-demo');
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL(/triage/);
  await page.waitForTimeout(2000);
  await page.goto(`${base}/w/lumenforge/account?segment=churn_risk`);
  await page.waitForTimeout(3000);
  const href = await page
    .locator('a[href*="/account/"]')
    .nth(Number(process.argv[2] ?? 2))
    .getAttribute('href');
  console.log(href);
  const id = href!.split('/account/')[1]!.split(/[?#]/)[0]!;
  await page.goto(`${base}/w/lumenforge/account/${id}`);
  await page.waitForTimeout(2500);
  await page.locator('#moved').scrollIntoViewIfNeeded();
  await page.screenshot({ path: '/tmp/a1.png', fullPage: true });
  await page.goto(`${base}/w/lumenforge/account/${id}/look-back`);
  await page.waitForTimeout(3000);
  await page.screenshot({ path: '/tmp/a2.png', fullPage: true });
  await page.getByLabel('From').fill('2026-07-01');
  await page.waitForTimeout(3000);
  console.log(page.url());
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(800);
  await page.screenshot({ path: '/tmp/a3.png', fullPage: true });
  await browser.close();
};
void run();
