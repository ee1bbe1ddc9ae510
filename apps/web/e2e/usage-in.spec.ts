import { expect, test } from '@playwright/test';
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
