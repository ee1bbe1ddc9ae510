import { randomUUID } from 'node:crypto';
import { aMember, anAccount, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { withWorkspace } from '@tideline/db/workspace';
import { day } from '@tideline/domain/calendar';
import { restateRevenue, settleRevenue } from '@tideline/engine/revenue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApi } from './api.fixture.ts';

let world: World;
let api: ReturnType<typeof testApi>;
let slug: string;
let reader: string;
let owner: string;
beforeAll(async () => {
  world = await openWorld();
  api = testApi(world.urls);
  slug = `w-${randomUUID().slice(0, 8)}`;
  const workspaceId = await aWorkspace(world.arrange, { slug });
  reader = await aMember(world.arrange, workspaceId, { role: 'VIEWER' });
  owner = await aMember(world.arrange, workspaceId, { role: 'CSM', name: 'Bo' });
  const ids = [await anAccount(world.arrange, workspaceId, { owner_id: owner, name: 'Big' }), await anAccount(world.arrange, workspaceId, { name: 'Small' })];
  for (const [i, id] of ids.entries()) {
    await world.arrange(
      `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity)
       SELECT $1, $2, d::date, true, $3::int * extract(month FROM d)::int, 1 FROM generate_series(date '2026-01-01', date '2026-08-31', interval '1 day') d`,
      [workspaceId, id, i === 0 ? 10 : 1],
    );
  }
  const asOf = day('2026-08-31');
  await withWorkspace(api.deps.db, workspaceId, (tx) =>
    restateRevenue(
      tx,
      ids.map((accountId) => ({ accountId, fromDay: day('2026-01-01') })),
      asOf,
    ),
  );
  await settleRevenue(api.deps, workspaceId, asOf);
}, 60_000);
afterAll(() => api.deps.close());

const ask = (path: string) => api.ask(reader, 'GET', `/w/${slug}${path}`);

test('answers retention by the longest definition the data allow, and the bridge of the window asked for', async () => {
  const { status, body } = await ask('/revenue?window=month&month=2026-07');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    month: '2026-08',
    fullMonths: 8,
    headline: { key: 'quarter_on_quarter', cohort: 2 },
    bridge: { month: '2026-07', window: 'month' },
  });
  expect((await ask('/revenue?window=year')).body).toMatchObject({ bridge: null, bridgeMissing: 16 });
  expect((await ask(`/revenue?owner=${owner}`)).body).toMatchObject({ headline: { cohort: 1 } });
});

test('lists the accounts behind a number and says what is missing in a question', async () => {
  const { body } = await ask('/revenue/accounts?of=closing&limit=1');
  expect(body).toMatchObject({ items: [{ name: 'Big', owner: 'Bo' }], total: { accounts: 2 } });
  expect((await ask(`/revenue/accounts?of=closing&limit=1&cursor=${String(body.next)}`)).body).toMatchObject({ items: [{ name: 'Small' }], next: null });
  for (const wrong of ['of=gold', 'of=movement', 'of=retention', 'of=closing&month=2026-13', 'of=closing&cursor=none']) {
    expect([wrong, (await ask(`/revenue/accounts?${wrong}`)).status]).toEqual([wrong, 400]);
  }
  expect((await ask('/revenue?owner=nobody')).status).toBe(400);
});

test('answers the portfolio', async () => {
  expect(await ask('/portfolio')).toMatchObject({ status: 200, body: { book: { accounts: 0 }, firstValue: null } });
});

test('asks who is there', async () => {
  const stranger = randomUUID();
  for (const path of ['/revenue', '/revenue/accounts?of=closing', '/revenue/accounts/export?of=closing', '/revenue/months/export', '/portfolio']) {
    expect([path, (await api.ask(stranger, 'GET', `/w/${slug}${path}`)).status]).toEqual([path, 404]);
  }
});
