import { AccountFamily, FAMILY_WEEKS } from '@tideline/contracts/account-family';
import { addDays, day, daysBetween } from '@tideline/domain/calendar';
import { MAX_LEVELS } from '@tideline/domain/family';
import { decimal, sum, toText } from '@tideline/domain/money';
import { aMember, aModel, anAccount, aRow, aScore, aWorkspace, openWorld } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as account from './account.ts';
import { accountFamily } from './account-family.ts';
import type { Who } from './deps.ts';
import { testDeps } from './deps.fixture.ts';
import { portfolio } from './portfolio.ts';
import { list } from './revenue-accounts.ts';
import { revenuePage } from './revenue-page.ts';
import { restateRevenue, settleRevenue } from './revenue.ts';
import { withWorkspace } from '@tideline/db/workspace';

const world = await openWorld();
const deps = testDeps(world.urls); // its clock stands on 2026-11-22
afterAll(() => deps.close());
const THROUGH = day('2026-11-21');

const aPlace = async () => {
  const workspaceId = await aWorkspace(world.arrange, { closed_through: THROUGH, timezone: 'UTC', currency: 'USD' });
  const who: Who = { workspaceId, userId: null, role: 'ADMIN', actor: 'test', ownAccountsOf: null };
  const meter = await aRow(world.arrange, 'meter', { workspace_id: workspaceId, key: 'calls', name: 'Calls', unit: 'calls' });
  const version = { workspace_id: workspaceId, meter_id: meter, version: 1, event_name: 'call', aggregation: 'SUM', counts_activity: true };
  const versionId = await aRow(world.arrange, 'meter_version', version);
  await world.arrange(`UPDATE workspace SET main_meter_id = $2 WHERE id = $1`, [workspaceId, meter]);
  await world.arrange(
    `INSERT INTO price (workspace_id, meter_id, currency, plan, effective_from) VALUES ($1, $2, 'USD', '{"kind":"flat","unitPrice":"2"}', '2026-01-01')`,
    [workspaceId, meter],
  );
  return { workspaceId, who, versionId };
};
type Place = Awaited<ReturnType<typeof aPlace>>;
const make = (own: Place, key: string, row: Record<string, unknown> = {}) => anAccount(world.arrange, own.workspaceId, { external_id: key, name: key, ...row });
const parents = async ({ workspaceId }: Place): Promise<Map<string, string | null>> => {
  const rows = await world.arrange(
    `SELECT a.external_id AS key, p.external_id AS parent FROM account a LEFT JOIN account p ON p.workspace_id = a.workspace_id AND p.id = a.parent_id WHERE a.workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map(({ key, parent }) => [String(key), parent === null ? null : String(parent)]));
};
const levels = (tree: ReadonlyMap<string, string | null>, key: string): number => {
  let count = 0;
  for (let at: string | null = key; at !== null; at = tree.get(at) ?? null) if (++count > 20) return Infinity;
  return count;
};
const isFamily = (tree: ReadonlyMap<string, string | null>): boolean => [...tree.keys()].every((key) => levels(tree, key) <= MAX_LEVELS);
const setParent = (own: Place, key: string, parent: string | null) => account.put(deps, own.who, key, { parent });
const familyOf = async (own: Place, id: string, who: Who = own.who) => AccountFamily.parse(await accountFamily(deps, who, id));

const KEYS = [...'abcdefg'];
const KEY = fc.constantFrom(...KEYS);
const fact = fc.record({ key: KEY, back: fc.nat(400), amount: fc.integer({ min: -300, max: 9_000 }) });

test('any moves: never a circle or a level too many, and what a family has is the slow sum of what each has', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ id: KEY, parent: fc.option(KEY, { nil: null, freq: 6 }) }), { minLength: 5, maxLength: 20 }),
      fc.uniqueArray(fact, { selector: ({ key, back }) => `${key} ${back}`, maxLength: 40 }),
      async (moves, facts) => {
        const own = await aPlace();
        const ids = new Map<string, string>();
        for (const key of KEYS) ids.set(key, await make(own, key));
        for (const { key, back, amount } of facts) {
          const at = [own.workspaceId, ids.get(key), addDays(THROUGH, -back)];
          await world.arrange(
            `INSERT INTO daily_usage (workspace_id, account_id, day, meter_version_id, quantity, active, last_at, last_key) VALUES ($1, $2, $3, $4, $5, 1, now(), '\\x00')`,
            [...at, own.versionId, amount],
          );
          await world.arrange(`INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity) VALUES ($1, $2, $3, true, $4, 0)`, [
            ...at,
            (amount / 100).toFixed(2),
          ]);
        }
        let tree: ReadonlyMap<string, string | null> = await parents(own);
        for (const { id, parent } of moves) {
          const wished = new Map([...tree, [id, parent]]);
          if (isFamily(wished)) await setParent(own, id, parent);
          else await expect(setParent(own, id, parent)).rejects.toMatchObject({ code: 'rule-violated' });
          tree = isFamily(wished) ? wished : tree;
        }
        expect(await parents(own)).toEqual(tree);
        for (const key of KEYS) await agrees(own, tree, ids, facts, key);
      },
    ),
    { numRuns: 15 },
  );
}, 180_000);

type Fact = { key: string; back: number; amount: number };
const agrees = async (own: Place, tree: ReadonlyMap<string, string | null>, ids: ReadonlyMap<string, string>, facts: readonly Fact[], key: string) => {
  const below = (top: string): string[] => KEYS.filter((one) => one !== top && chain(one).includes(top));
  const chain = (one: string): string[] => (one === '' ? [] : [one, ...chain(tree.get(one) ?? '')]);
  const slow = (keys: readonly string[], per: number) =>
    FAMILY_WEEKS.map((weeks) =>
      toText(sum(facts.filter((one) => keys.includes(one.key) && one.back < weeks * 7).map((one) => decimal(String(one.amount)).div(per)))),
    );
  const figures = (keys: readonly string[]) => ({ usage: slow(keys, 1), revenue: slow(keys, 100) });
  const said = await familyOf(own, ids.get(key) ?? '');
  expect(said.above.map(({ externalId }) => externalId)).toEqual(chain(key).slice(1).toReversed());
  expect(said.below.accounts).toBe(below(key).length);
  const children = KEYS.filter((one) => tree.get(one) === key);
  expect(Object.fromEntries(said.children.map((child) => [child.externalId, child.below]))).toEqual(
    Object.fromEntries(children.map((child) => [child, below(child).length])),
  );
  if (children.length === 0) return;
  expect(said.own).toEqual(figures([key]));
  expect(said.together).toEqual(figures([key, ...below(key)]));
  for (const child of said.children) expect(child.figures).toEqual(figures([child.externalId, ...below(child.externalId)]));
};

test('clients that change families at the same moment never make a circle or a level too many together', async () => {
  const own = await aPlace();
  for (const key of KEYS) await make(own, key);
  for (let round = 0; round < 12; round++) {
    for (const key of KEYS) await setParent(own, key, null);
    const two = await Promise.allSettled([setParent(own, 'a', 'b'), setParent(own, 'b', 'a')]);
    expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const ring = await Promise.allSettled(KEYS.map((key, i) => setParent(own, key, KEYS[(i + 1) % KEYS.length] ?? null)));
    expect(ring.some(({ status }) => status === 'rejected')).toBe(true);
    expect(isFamily(await parents(own))).toBe(true);
  }
}, 60_000);

describe('an account', () => {
  test('is made part of another by its key, says so, and is taken out again; each in the audit log', async () => {
    const own = await aPlace();
    await make(own, 'group', { name: 'Group' });
    expect(await account.put(deps, own.who, 'unit', { parent: 'group' })).toMatchObject({ parent: { externalId: 'group', name: 'Group' } });
    expect(await account.put(deps, own.who, 'unit', { plan: 'pro' })).toMatchObject({ parent: { externalId: 'group' } });
    expect(await setParent(own, 'unit', null)).toMatchObject({ parent: null });
    const log = await world.arrange(`SELECT before->>'parent' AS before, after->>'parent' AS after FROM audit_log WHERE workspace_id = $1 ORDER BY at, id`, [
      own.workspaceId,
    ]);
    expect(log).toEqual(
      expect.arrayContaining([
        { before: null, after: 'group' },
        { before: 'group', after: null },
      ]),
    );
  });

  test('is told what is wrong and how to put it right', async () => {
    const own = await aPlace();
    for (const key of KEYS) await make(own, key);
    await expect(setParent(own, 'a', 'nowhere')).rejects.toThrow('parent: there is no account with the key "nowhere": create it first');
    await expect(setParent(own, 'a', 'a')).rejects.toThrow(/cannot be part of itself/);
    await setParent(own, 'b', 'a');
    await expect(setParent(own, 'a', 'b')).rejects.toThrow('"b" is itself part of "a", directly or through others: take it out of there first');
    for (const [child, parent] of [
      ['c', 'b'],
      ['d', 'c'],
      ['e', 'd'],
    ] as const)
      await setParent(own, child, parent);
    await expect(setParent(own, 'f', 'e')).rejects.toThrow(/more than 5 levels: put it under an account nearer to the top/);
    await expect(setParent(own, 'a', 'f')).rejects.toThrow(/more than 5 levels/);
  });

  test('cannot be part of one of another workspace, not even in the table; one that is deleted leaves its children alone', async () => {
    const [own, other] = [await aPlace(), await aPlace()];
    const [theirs, group, unit] = [await make(other, 'theirs'), await make(own, 'group'), await make(own, 'unit')];
    await expect(setParent(own, 'unit', 'theirs')).rejects.toThrow(/no account with the key "theirs"/);
    await expect(world.arrange(`UPDATE account SET parent_id = $2 WHERE id = $1`, [unit, theirs])).rejects.toMatchObject({ code: '23503' });
    await setParent(own, 'unit', 'group');
    await world.arrange(`DELETE FROM account WHERE id = $1`, [group]);
    expect(await parents(own)).toEqual(new Map([['unit', null]]));
  });

  test('of a colleague is not shown, counted or named to who sees their own accounts only', async () => {
    const own = await aPlace();
    const [me, they] = [await aMember(world.arrange, own.workspaceId), await aMember(world.arrange, own.workspaceId)];
    const narrow: Who = { ...own.who, userId: me, role: 'CSM', ownAccountsOf: me };
    const group = await make(own, 'group', { owner_id: me });
    const [mine] = [await make(own, 'mine', { owner_id: me }), await make(own, 'theirs', { owner_id: they }), await make(own, 'top', { owner_id: they })];
    for (const key of ['mine', 'theirs']) await setParent(own, key, 'group');
    await setParent(own, 'group', 'top');
    expect(await familyOf(own, group, narrow)).toMatchObject({ above: [], children: [{ externalId: 'mine' }], below: { accounts: 1 } });
    expect(await familyOf(own, mine ?? '', narrow)).toMatchObject({ above: [{ externalId: 'group' }] });
    expect(await account.get(deps, narrow, 'group')).toMatchObject({ parent: null });
    await expect(account.put(deps, narrow, 'mine', { parent: 'theirs' })).rejects.toThrow(/no account with the key "theirs"/);
    await expect(familyOf(own, await make(own, 'hidden', { owner_id: they }), narrow)).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('scores are never put together: each child has its own, and those at churn risk are counted on all levels', async () => {
  const own = await aPlace();
  const modelId = await aModel(world.arrange, own.workspaceId);
  const judged = async (key: string, row: Record<string, unknown> | null, more: Record<string, unknown> = {}) => {
    const accountId = await make(own, key, more);
    if (row) await aScore(world.arrange, { workspaceId: own.workspaceId, accountId, modelId }, row);
    return accountId;
  };
  const top = await judged('top', { health: 90, band: 'healthy' });
  await judged('good', { health: 80, band: 'healthy' });
  await judged('bad', { health: 20, band: 'at_risk', segment: 'churn_risk' });
  await judged('worse', { health: 10, band: 'at_risk', segment: 'churn_risk' });
  await judged('gone', { health: 5, band: 'at_risk', segment: 'churn_risk' }, { status: 'closed' });
  await judged('new', null);
  for (const key of ['good', 'bad', 'gone', 'new']) await setParent(own, key, 'top');
  await setParent(own, 'worse', 'good');
  const said = await familyOf(own, top);
  expect(said.below).toEqual({ accounts: 5, judged: 3, atRisk: 2 });
  expect(said.children.map(({ externalId, health, below, belowAtRisk }) => [externalId, health, below, belowAtRisk]).toSorted()).toEqual([
    ['bad', 20, 0, 0],
    ['gone', 5, 0, 0],
    ['good', 80, 1, 1],
    ['new', null, 0, 0],
  ]);
});

test('totals of the workspace count what each account has once, whatever is part of what', async () => {
  const own = await aPlace();
  const modelId = await aModel(world.arrange, own.workspaceId);
  const first = day('2025-01-01');
  const ids: string[] = [];
  for (const [i, key] of KEYS.entries()) {
    const accountId = await make(own, key, { created_day: first });
    ids.push(accountId);
    await aScore(world.arrange, { workspaceId: own.workspaceId, accountId, modelId }, { stake: 10 * (i + 1), run_rate: 100 * (i + 1), band: 'healthy' });
    await world.arrange(
      `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity) SELECT $1, $2, d::date, true, $3, 1 FROM generate_series($4::date, $5::date, '3 days') d`,
      [own.workspaceId, accountId, i + 1, addDays(first, i * 40), THROUGH],
    );
  }
  await withWorkspace(deps.db, own.workspaceId, (tx) =>
    restateRevenue(
      tx,
      ids.map((accountId) => ({ accountId, fromDay: first })),
      THROUGH,
    ),
  );
  await settleRevenue(deps, own.workspaceId, THROUGH);
  const totals = async () => [
    await revenuePage(deps, own.who, { window: 'year' }),
    await list(deps, own.who, { of: 'closing', month: '2026-10', limit: 50 } as Parameters<typeof list>[2]),
    await portfolio(deps, own.who),
  ];
  const before = await totals();
  expect(daysBetween(first, THROUGH)).toBeGreaterThan(365);
  expect(JSON.stringify(before)).toContain('2800'); // the run rates together: the arrangement says something
  for (const [child, parent] of [
    ['b', 'a'],
    ['c', 'a'],
    ['d', 'c'],
    ['e', 'd'],
  ] as const)
    await setParent(own, child, parent);
  expect(await totals()).toEqual(before);
});
