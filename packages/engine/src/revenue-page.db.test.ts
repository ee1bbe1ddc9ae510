import type { RevenueDoorQuery } from '@tideline/contracts/revenue';
import { aMember, openWorld } from '@tideline/testkit/build';
import { withWorkspace } from '@tideline/db/workspace';
import { addMonths, day, lastFullMonth, monthOf, monthsBetween, monthsFromTo, type Month } from '@tideline/domain/calendar';
import { decimal, sum } from '@tideline/domain/money';
import { expansionPoint } from '@tideline/domain/new-logo';
import { annualised, isRetentionKey, retentionOf } from '@tideline/domain/retention';
import { movements, windowMovementsOf } from '@tideline/domain/revenue';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Who } from './deps.ts';
import { testDeps } from './deps.fixture.ts';
import { exportAccounts, exportMonths, list } from './revenue-accounts.ts';
import { aRevenueWorkspace, arrangeBook, book, historyOf, monthsBySlowWay, type Book } from './revenue.fixture.ts';
import { revenuePage } from './revenue-page.ts';
import { restateRevenue, settleRevenue } from './revenue.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
afterAll(() => deps.close());

const first = day('2024-01-01');
const asOf = day('2026-03-31');
const last = lastFullMonth(asOf);
const whoOf = (workspaceId: string, own: string | null = null): Who => ({ workspaceId, userId: null, role: 'LEADER', actor: 'test', ownAccountsOf: own });
type Page = Awaited<ReturnType<typeof revenuePage>>;

/** The book stretched over 27 months, so that every definition has a point. */
const stretched = book.map((accounts): Book => [
  { facts: [{ offset: 0, active: true, revenue: 1 }], owner: 0, industry: 0 }, // the first day fixes where full months start
  ...accounts.map((one) => ({
    ...one,
    facts: [...new Map(one.facts.map((f) => [Math.floor(f.offset * 2.45), { ...f, offset: Math.floor(f.offset * 2.45) }])).values()],
  })),
]);

const arranged = async (accounts: Book) => {
  const workspaceId = await aRevenueWorkspace(world.arrange);
  const owners = [await aMember(world.arrange, workspaceId, { name: 'Ada' }), await aMember(world.arrange, workspaceId, { name: 'Bo' })];
  const ids = await arrangeBook(world.arrange, accounts, first, owners, workspaceId);
  await withWorkspace(deps.db, workspaceId, (tx) =>
    restateRevenue(
      tx,
      ids.map((accountId) => ({ accountId, fromDay: first })),
      asOf,
    ),
  );
  await settleRevenue(deps, workspaceId, asOf);
  const months = accounts.map((one) => monthsBySlowWay(one.facts, first, last));
  return { workspaceId, owners, ids, months, who: whoOf(workspaceId) };
};

const close = (a: number | null, b: number | null) => expect(a === null ? null : Number(a.toFixed(9))).toEqual(b === null ? null : Number(b.toFixed(9)));

it('shows what the pure definitions say, for the whole and for one owner, and every number opens its accounts', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(stretched, async (accounts) => {
      const { who, owners, months } = await arranged(accounts);
      const whole = await revenuePage(deps, who, { window: 'year' });
      agrees(whole, months);
      const own = months.filter((_, i) => accounts[i]?.owner === 0);
      agrees(await revenuePage(deps, who, { window: 'quarter', owner: owners[0] }), own);
      agrees(await revenuePage(deps, whoOf(who.workspaceId, owners[0]), { window: 'month' }), own);
      await doorsOpen(who, whole);
    }),
    { numRuns: 12 },
  );
});

/** Retention of every month and definition, bridges, growth and the triangle against the slow way. */
const agrees = (page: Page, months: ReturnType<typeof monthsBySlowWay>[]): void => {
  const histories = months.map(historyOf);
  for (const line of page.trend.lines) {
    line.nrr.forEach((value, i) => {
      const { key } = line;
      const month = page.trend.months[i] as Month;
      if (value === null || !isRetentionKey(key)) return;
      const slow = retentionOf(key, histories, month);
      close(value, annualised(key, slow.nrr) ?? slow.nrr);
      close(line.grr[i] ?? null, slow.grr);
    });
  }
  for (const bridge of [...page.months, ...(page.bridge ? [page.bridge] : [])]) holds(bridge);
  if (page.bridge && page.bridge.window !== 'month') {
    const length = page.bridge.window === 'year' ? 12 : 3;
    const slow = months.flatMap((one) => windowMovementsOf(one, length, last).filter((moved) => moved.month === last));
    for (const { kind, amount, accounts } of page.bridge.lines) {
      const own = slow.filter((one) => one.kind === kind);
      expect([kind, Number(amount), accounts]).toEqual([kind, sum(own.map((one) => one.amount)).toNumber(), own.length]);
    }
  }
  for (const point of page.growth.points) {
    const slow = expansionPoint(
      histories.map((one) => one.revenue),
      point.month,
      12,
    );
    expect([point.month, Number(point.expansion), Number(point.newLogo)]).toEqual([point.month, Number(slow.expansion), Number(slow.newLogo)]);
  }
  for (const rows of Object.values(page.slices.rows)) {
    const points = rows.reduce((total, row) => total + row.points, 0);
    if (page.headline?.nrr) close(points, (page.headline.nrr - 1) * 100);
    expect(rows.reduce((n, row) => n + row.cohort, 0)).toBe(page.headline?.cohort);
  }
};

const holds = ({ opening, lines, closing, month }: NonNullable<Page['bridge']>) => {
  const moved = sum(lines.map((line) => decimal(line.amount).times(movements[line.kind].sign)));
  expect(decimal(opening).plus(moved).minus(closing).toNumber(), month).toBe(0);
};

const door = async (who: Who, query: Partial<RevenueDoorQuery> & Pick<RevenueDoorQuery, 'of'>) => {
  const { total } = await list(deps, who, { window: 'month', limit: 50, ...query });
  return { accounts: total.accounts, base: Number(total.base), now: Number(total.now) };
};

const doorsOpen = async (who: Who, page: Page): Promise<void> => {
  const { headline, bridge } = page;
  if (!headline || !bridge) throw new Error('27 months of data make a headline and a bridge');
  const cohort = { accounts: headline.cohort, base: Number(headline.base), now: Number(headline.now) };
  expect(await door(who, { of: 'retention', definition: headline.key })).toEqual(cohort);
  for (const month of monthsFromTo(addMonths(last, -2), addMonths(last, -1))) {
    const at = page.trend.months.indexOf(month);
    const share = page.trend.lines.find((line) => line.key === 'quarter_year_ago')?.nrr[at] ?? null;
    const { base, now } = await door(who, { of: 'retention', definition: 'quarter_year_ago', month });
    close(base > 0 ? now / base : null, share);
  }
  for (const rows of Object.entries(page.slices.rows)) {
    for (const row of rows[1]) {
      const found = await door(who, { of: 'retention', definition: headline.key, slice: rows[0] as 'owner', value: row.value });
      expect([rows[0], row.value, found]).toEqual([rows[0], row.value, { accounts: row.cohort, base: Number(row.base), now: Number(row.now) }]);
    }
  }
  for (const { window, month, lines, opening, closing, openingAccounts, closingAccounts } of [bridge, ...page.months.slice(-3)]) {
    expect(await door(who, { of: 'opening', window, month })).toMatchObject({ accounts: openingAccounts, base: Number(opening) });
    expect(await door(who, { of: 'closing', window, month })).toMatchObject({ accounts: closingAccounts, now: Number(closing) });
    for (const { kind, accounts } of lines) expect((await door(who, { of: 'movement', kind, window, month })).accounts).toBe(accounts);
  }
  const point = page.growth.points.at(-2);
  if (!point) return;
  const grown = await door(who, { of: 'expansion', month: point.month });
  expect(grown.now - grown.base).toBeCloseTo(Number(point.expansion), 6);
  expect((await door(who, { of: 'new_logo', month: point.month })).now).toBeCloseTo(Number(point.newLogo), 6);
  for (const { quarter, accounts, base, cells } of page.cohorts) {
    const cell = await door(who, { of: 'cohort', quarter, month: addMonths(quarter, 6) });
    expect(cell.accounts).toBe(accounts);
    if (base !== null && cells.length > 1) close(Number(base) > 0 ? cell.now / Number(base) : null, cells[1] ?? null);
  }
};

const steady = (from: number, to: number, revenue: number) =>
  Array.from({ length: Math.ceil((to - from) / 7) }, (_, i) => ({ offset: from + i * 7, active: true, revenue }));

it('takes credits before the first revenue for no new logo, on the page and behind its door', async () => {
  const credits = Array.from({ length: 20 }, (_, i) => ({ offset: 650 + i * 6, active: true, revenue: -1 }));
  const { who } = await arranged([
    { facts: steady(0, 820, 10), owner: 0, industry: 0 },
    { facts: [...credits, { offset: 800, active: true, revenue: 500 }], owner: 0, industry: 0 },
  ]);
  await doorsOpen(who, await revenuePage(deps, who, { window: 'year' }));
});

it('leaves out internal, test and closed accounts as soon as they are that', async () => {
  const { who, ids } = await arranged([
    { facts: steady(0, 820, 10), owner: 0, industry: 0 },
    { facts: steady(0, 820, 90), owner: 1, industry: 0 },
  ]);
  const before = await revenuePage(deps, who, {});
  expect(before.headline?.cohort).toBe(2);
  await world.arrange(`UPDATE account SET status = 'internal', updated_at = now() WHERE id = $1`, [ids[1]]);
  await settleRevenue(deps, who.workspaceId, asOf);
  const after = await revenuePage(deps, who, {});
  expect(after.headline?.cohort).toBe(1);
  expect((await door(who, { of: 'top' })).accounts).toBe(1);
});

it('says what was restated since a month was closed', async () => {
  const { who, ids } = await arranged([{ facts: steady(0, 840, 10), owner: 0, industry: 0 }]);
  await settleRevenue(deps, who.workspaceId, day('2026-04-30'));
  expect((await revenuePage(deps, who, { window: 'month' })).bridge).toMatchObject({ month: '2026-04', restated: '0' });
  await world.arrange(`INSERT INTO account_day VALUES ($1, $2, '2026-04-03', true, 12.5, 0)`, [who.workspaceId, ids[0]]);
  await withWorkspace(deps.db, who.workspaceId, (tx) => restateRevenue(tx, [{ accountId: ids[0] ?? '', fromDay: day('2026-04-03') }], day('2026-05-03')));
  await settleRevenue(deps, who.workspaceId, day('2026-05-03'));
  expect((await revenuePage(deps, who, { window: 'month' })).bridge).toMatchObject({ month: '2026-04', restated: '12.5' });
});

it('says how many months are missing before there is a number, and pages and exports the accounts behind one', async () => {
  const workspaceId = await aRevenueWorkspace(world.arrange);
  expect(await revenuePage(deps, whoOf(workspaceId), {})).toMatchObject({ month: null, headline: null, missing: 6 });
  const { who, months } = await arranged(Array.from({ length: 5 }, (_, i) => ({ facts: steady(0, 820, i + 1), owner: 0, industry: 0 })));
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await list(deps, who, { of: 'closing', window: 'month', limit: 2, cursor });
    seen.push(...page.items.map((row) => row.now));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect(seen.map(Number)).toEqual(months.map((one) => Number(one.at(-1)?.revenue)).toSorted((a, b) => b - a));
  const file = await exportAccounts(deps, who, { of: 'closing', window: 'month' }).text();
  expect(file.trim().split('\r\n')).toHaveLength(6);
  const byMonth = await exportMonths(deps, who, {}).text();
  expect(byMonth.trim().split('\r\n')).toHaveLength(1 + monthsBetween(monthOf(first), last) + 1);
});
