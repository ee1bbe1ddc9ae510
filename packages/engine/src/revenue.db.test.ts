import { aMember, openWorld } from '@tideline/testkit/build';
import { withWorkspace } from '@tideline/db/workspace';
import { addDays, addMonths, day, lastFullMonth, monthOf, type Month } from '@tideline/domain/calendar';
import { sum } from '@tideline/domain/money';
import { movements, movementsOf, type MovementKind } from '@tideline/domain/revenue';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { testDeps } from './deps.fixture.ts';
import { restateRevenue, settleRevenue } from './revenue.ts';
import { aRevenueWorkspace, arrangeBook, arrangeDays, book, monthsBySlowWay, type Fact } from './revenue.fixture.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
afterAll(() => deps.close());

const first = day('2025-01-01');
const asOf = day('2025-11-30');
const last = lastFullMonth(asOf);

const stored = async (workspaceId: string, accountId: string) =>
  (
    await world.arrange(
      `SELECT to_char(month, 'YYYY-MM') AS month, kind, amount::float8 AS amount, logos FROM movement WHERE workspace_id = $1 AND account_id = $2`,
      [workspaceId, accountId],
    )
  )
    .map((row) => `${String(row.month)} ${String(row.kind)} ${Number(row.amount)} ${String(row.logos)}`)
    .toSorted();
const slowly = (facts: readonly Fact[]) =>
  movementsOf(monthsBySlowWay(facts, first, last))
    .movements.map((one) => `${one.month} ${one.kind} ${Number(one.amount)} ${one.logos}`)
    .toSorted();
const restate = (workspaceId: string, ids: readonly string[], from = first) =>
  withWorkspace(deps.db, workspaceId, (tx) =>
    restateRevenue(
      tx,
      ids.map((accountId) => ({ accountId, fromDay: from })),
      asOf,
    ),
  );

it('moves every account as the pure rules do, again after a correction, and adds up to the cent in every month and slice', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(book, fc.nat(330), fc.integer({ min: 0, max: 500 }), async (accounts, at, cents) => {
      const workspaceId = await aRevenueWorkspace(world.arrange);
      const owners = [await aMember(world.arrange, workspaceId), await aMember(world.arrange, workspaceId)];
      const ids = await arrangeBook(world.arrange, accounts, first, owners, workspaceId);
      await restate(workspaceId, ids);
      for (const [i, id] of ids.entries()) expect(await stored(workspaceId, id)).toEqual(slowly(accounts[i]?.facts ?? []));

      const [corrected] = ids;
      const fact = { offset: at, active: cents % 2 === 0, revenue: cents / 100 };
      await arrangeDays(world.arrange, workspaceId, corrected ?? '', [fact], first);
      await restate(workspaceId, [corrected ?? ''], addDays(first, at));
      await restate(workspaceId, [corrected ?? ''], addDays(first, at));
      const facts = [...(accounts[0]?.facts ?? []).filter((one) => one.offset !== at), fact];
      expect(await stored(workspaceId, corrected ?? '')).toEqual(slowly(facts));
      await bridgesHold(workspaceId);
    }),
    { numRuns: 25 },
  );
});

/** Opening + what moved = closing, for the whole and for each owner. */
const bridgesHold = async (workspaceId: string): Promise<void> => {
  const rows = await world.arrange(
    `SELECT coalesce(a.owner_id::text, '') AS owner, to_char(m.month, 'YYYY-MM') AS month, m.kind, m.amount::text AS amount FROM (
       SELECT account_id, month, 'revenue' AS kind, amount FROM monthly_revenue WHERE workspace_id = $1
       UNION ALL SELECT account_id, month, kind, amount FROM movement WHERE workspace_id = $1) m
     JOIN account a ON a.workspace_id = $1 AND a.id = m.account_id`,
    [workspaceId],
  );
  for (const owner of [...new Set(rows.map((row) => row.owner)), null]) {
    const own = rows.filter((row) => owner === null || row.owner === owner);
    const of = (month: Month, kind: string) => sum(own.filter((row) => row.month === month && row.kind === kind).map((row) => String(row.amount)));
    for (let month = monthOf(first); month <= last; month = addMonths(month, 1)) {
      const moved = Object.entries(movements).map(([kind, { sign }]) => of(month, kind as MovementKind).times(sign));
      expect(of(addMonths(month, -1), 'revenue').plus(sum(moved)).minus(of(month, 'revenue')).toNumber(), `${month} ${String(owner)}`).toBe(0);
    }
  }
};

it('books a pause that lasts as churn at a later month end without any new usage, and leaves the earlier month as reported', async () => {
  const workspaceId = await aRevenueWorkspace(world.arrange);
  // every 20 days: silence counts as leaving from 60 days on
  const facts = [0, 20, 40, 60, 80].map((offset): Fact => ({ offset, active: true, revenue: 10 }));
  const [id = ''] = await arrangeBook(world.arrange, [{ facts, owner: 2, industry: 0 }], first, [], workspaceId);
  const close = async (until: string) => {
    await settleRevenue(deps, workspaceId, day(until));
    return stored(workspaceId, id);
  };
  await withWorkspace(deps.db, workspaceId, (tx) => restateRevenue(tx, [{ accountId: id, fromDay: first }], day('2025-03-31')));
  const throughApril = ['2025-01 new 20 1', '2025-02 contraction 10 1', '2025-03 expansion 10 1', '2025-04 paused 20 1'];
  expect(await close('2025-04-30')).toEqual(throughApril);
  expect(await close('2025-05-30')).toEqual(throughApril);
  expect(await close('2025-05-31')).toEqual([...throughApril, '2025-05 pause_lapsed 0 1']);
  expect(await close('2025-04-30'), 'the as-of day may be set back').toEqual(throughApril);
});

it('sees another workspace neither in months nor in movements', async () => {
  const [own, other] = [await aRevenueWorkspace(world.arrange), await aRevenueWorkspace(world.arrange)];
  const facts: Fact[] = [{ offset: 3, active: true, revenue: 5 }];
  const [id = ''] = await arrangeBook(world.arrange, [{ facts, owner: 2, industry: 0 }], first, [], other);
  await restate(own, [id]);
  expect(await world.arrange('SELECT 1 FROM monthly_revenue WHERE account_id = $1', [id])).toEqual([]);
});
