import { AccountQuery } from '@tideline/contracts/account-page';
import { addDays, day, type Day } from '@tideline/domain/calendar';
import { aMember, anAccount, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import type { UsageRow } from '@tideline/testkit/score-oracle';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as accounts from './account-list.ts';
import { page } from './account-page.ts';
import { glance } from './triage-glance.ts';
import { timeline } from './account-timeline.ts';
import { usage } from './account-usage.ts';
import { backfill } from './backfill.ts';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { aMeter, aRun, aScoredWorkspace, sendUsage } from './scoring.fixture.ts';

const LAST = day('2026-11-20');
let world: World;
let deps: TestDeps;
let who: Who;
let csm: string;
const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(name) ?? '';

const everyDay = (account: string, from: Day, through: Day, amount: (n: number) => number): UsageRow[] => {
  const rows: UsageRow[] = [];
  for (let at = from, n = 0; at <= through; at = addDays(at, 1), n++) rows.push({ account, day: at, revenue: amount(n), events: 1 });
  return rows;
};

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  deps.clock.now = new Date('2026-11-21T09:00:00Z');
  const { workspaceId, versionId } = await aScoredWorkspace(world.arrange, { as_of_pin: LAST });
  await aMeter(world.arrange, workspaceId, { key: 'storage', aggregation: 'LAST', counts: false });
  csm = await aMember(world.arrange, workspaceId, { name: 'Mara Oyelund' });
  who = { workspaceId, userId: csm, role: 'CSM', actor: 'Mara Oyelund', ownAccountsOf: null };
  await anAccount(world.arrange, workspaceId, { external_id: 'steady', name: 'Steady', owner_id: csm, industry: 'Robotics' });
  await anAccount(world.arrange, workspaceId, { external_id: 'stopped', name: 'Stopped', owner_id: csm });
  await sendUsage(world.arrange, workspaceId, versionId, [
    ...everyDay('steady', addDays(LAST, -299), LAST, () => 100),
    ...everyDay('stopped', addDays(LAST, -299), addDays(LAST, -12), () => 300),
    ...Array.from({ length: 10 }, (_, i) =>
      everyDay(`peer-${i}`, addDays(LAST, -199), LAST, (n) => (n % (i + 2) === 0 ? 40 : 0)).filter(({ revenue }) => revenue > 0),
    ).flat(),
  ]);
  await anAccount(world.arrange, workspaceId, { external_id: 'never', name: 'Never', created_day: '2026-10-01' });
  await anAccount(world.arrange, workspaceId, { external_id: 'shut', name: 'Shut', status: 'closed' });
  await backfill(deps, workspaceId, await aRun(world.arrange, workspaceId));
  for (const row of await world.arrange(`SELECT id, external_id FROM account WHERE workspace_id = $1`, [workspaceId]))
    ids.set(String(row.external_id), String(row.id));
}, 180_000); // 300 days are judged one by one
afterAll(() => deps.close());

describe('the page of an account', () => {
  test('explains the score in points that add up to it', async () => {
    const { judgement, customerSince, moved } = await page(deps, who, idOf('stopped'));
    const { breakdown } = judgement!;
    const earned = breakdown!.parts.reduce((sum, part) => sum + part.earned, 0);
    const removed = breakdown!.removed.reduce((sum, { points }) => sum + points, 0);
    expect(earned - removed).toBeCloseTo(judgement!.health!, 6);
    expect(breakdown!.parts.reduce((sum, part) => sum + part.earned + part.missed, 0)).toBeCloseTo(100, 6);
    expect(breakdown!.removed.map(({ key }) => key)).toContain('gate');
    expect(judgement).toMatchObject({ segment: 'churn_risk', band: 'at_risk', silent: 12, state: 'used', modelVersion: 1 });
    expect(judgement!.usageTitle).toMatch(/below its own normal over 28 days, and has stopped$/);
    expect(judgement!.stakePlace).toEqual({ place: 1, of: 2 });
    expect(customerSince).toBe(addDays(LAST, -299));
    expect(moved.map(({ days }) => days)).toEqual([7, 28, 90]);
    for (const { from, to, causes } of moved) {
      expect(to).toEqual({ day: LAST, health: judgement!.health });
      const sum = causes.reduce((total, { points }) => total + points, 0);
      expect(sum).toBeCloseTo(Number(to.health.toFixed(1)) - Number(from.health.toFixed(1)), 6);
      expect(causes.map(({ key }) => key)).toEqual(['data', 'model', 'climate', 'usage']);
      expect(causes.flatMap(({ parts }) => parts.map(({ key }) => key))).not.toContain('rest');
    }
    expect(moved[1]!.causes[3]!.parts.map(({ key }) => key)).toContain('gate');
    // the panel beside triage says the same
    const { from, to, causes } = moved[1]!;
    const short = (await glance(deps, who, idOf('stopped'))).moved!;
    expect(short).toMatchObject({ day: from.day, from: from.health, to: to.health });
    const sum = short.parts.reduce((total, { points }) => total + points, 0);
    expect(sum).toBeCloseTo(Number(to.health.toFixed(1)) - Number(from.health.toFixed(1)), 6);
    expect(short.parts).toEqual(expect.arrayContaining([...causes[3]!.parts]));
  });

  test('says what would make it healthy, where it is not', async () => {
    const { healthier } = (await page(deps, who, idOf('stopped'))).judgement!;
    expect(healthier).toEqual([expect.objectContaining({ key: 'once', days: 1, usageDays: 1, reaches: true, words: 'healthy after 1 day' })]);
    expect(healthier[0]!.health).toBeGreaterThanOrEqual(60);
    expect((await page(deps, who, idOf('steady'))).judgement!.healthier).toEqual([]);
    expect((await page(deps, who, idOf('never'))).judgement!.healthier).toEqual([]);
  });

  test('says so where there is nothing to explain', async () => {
    const { judgement } = await page(deps, who, idOf('never'));
    expect(judgement).toMatchObject({ state: 'never_used', health: 0, breakdown: null, runRate: null });
    expect((await page(deps, who, idOf('shut'))).status).toBe('closed');
  });

  test('tells where the commitment stands', async () => {
    const start = addDays(LAST, -99);
    await aRow(world.arrange, 'contract', {
      workspace_id: who.workspaceId,
      account_id: idOf('steady'),
      start_day: start,
      end_day: addDays(start, 364),
      commitment: 36_500,
    });
    const { commitment } = await page(deps, who, idOf('steady'));
    expect(commitment).toMatchObject({
      start,
      amount: '36500',
      consumed: '10000.00',
      planned: '10000',
      pace: 1,
      state: 'on_plan',
      overage: '0',
      breakage: '0',
    });
    expect(commitment!.line.at(-1)).toEqual({ day: LAST, consumed: '10000' });
    expect(commitment!.line[0]).toEqual({ day: start, consumed: '100' });
  });

  test('is missing to those who may not see it, and for another workspace', async () => {
    const missing = { code: 'not-found' };
    await expect(page(deps, { ...who, ownAccountsOf: csm }, idOf('never'))).rejects.toMatchObject(missing);
    const other = await aWorkspace(world.arrange);
    for (const read of [page, usage]) await expect(read(deps, { ...who, workspaceId: other }, idOf('steady'))).rejects.toMatchObject(missing);
    await expect(timeline(deps, { ...who, workspaceId: other }, idOf('steady'), { limit: 50 })).rejects.toMatchObject(missing);
  });
});

test('usage holds a year and what its normal is made of, and carries levels on', async () => {
  const [storage] = await world.arrange(`SELECT v.id FROM meter_version v JOIN meter m ON m.id = v.meter_id WHERE m.workspace_id = $1 AND m.key = 'storage'`, [
    who.workspaceId,
  ]);
  const set = (on: Day, quantity: number) =>
    world.arrange(
      `INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key) VALUES ($1, $2, $3, $4::date, $5, 0, $4::date, '\\x00')`,
      [who.workspaceId, idOf('steady'), storage?.id, on, quantity],
    );
  await set(addDays(LAST, -5), 40);
  await set(addDays(LAST, -2), 50);
  await world.arrange(`INSERT INTO touch (workspace_id, account_id, kind, body, day, at, by_id) VALUES ($1, $2, 'call', 'Spoke', $3::date, $3::date, $4)`, [
    who.workspaceId,
    idOf('steady'),
    addDays(LAST, -3),
    csm,
  ]);
  const told = await usage(deps, who, idOf('steady'));
  expect([told.days.length, told.lead, told.days.at(-1)]).toEqual([448, 84, LAST]);
  expect(told.revenue!.reduce((sum, value) => sum + Number(value), 0)).toBe(30_000);
  const level = told.meters.find(({ key }) => key === 'storage')!;
  expect(level.level).toBe(true);
  expect(level.quantity.slice(-7)).toEqual(['0', '40', '40', '40', '50', '50', '50']);
  expect(told.events).toContainEqual(expect.objectContaining({ kind: 'touch', label: 'Call: Spoke', day: addDays(LAST, -3) }));
  expect(told.segments[0]?.segment).toBeDefined();
  expect((await page(deps, who, idOf('never'))).closedThrough).toBe(LAST);
  expect((await usage(deps, who, idOf('never'))).firstDay).toBeNull();
});

test('the timeline comes newest first and page by page', async () => {
  const at = (n: number) => new Date(Date.UTC(2026, 10, 1) + n * 3_600_000);
  for (let n = 0; n < 5; n++)
    await aRow(world.arrange, 'task', {
      workspace_id: who.workspaceId,
      account_id: idOf('stopped'),
      title: `Task ${n}`,
      state: 'done',
      outcome: n === 0 ? 'Solved' : '',
      closed_at: at(n),
      closed_by: csm,
    });
  const all = (await timeline(deps, who, idOf('stopped'), { limit: 100 })).items;
  expect(all.map((item) => item.at)).toEqual(
    all
      .map((item) => item.at)
      .toSorted()
      .toReversed(),
  );
  expect(all.some(({ kind }) => kind === 'segment')).toBe(true);
  expect(all.find(({ text }) => text.some((part) => part.text === 'Task 0'))).toMatchObject({
    kind: 'task',
    by: { name: 'Mara Oyelund' },
    remark: 'Solved',
    own: false,
  });
  const paged: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, next } = await timeline(deps, who, idOf('stopped'), { limit: 2, ...(cursor ? { cursor } : {}) });
    paged.push(...items.map(({ id }) => id));
    if (next === null) break;
    cursor = next;
  }
  expect(paged).toEqual(all.map(({ id }) => id));
  expect((await timeline(deps, who, idOf('stopped'), { limit: 100, kind: ['task'] })).items).toHaveLength(5);
});

describe('the list', () => {
  const read = async (query: Record<string, string>, limit = 3): Promise<string[]> => {
    const names: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await accounts.list(deps, who, AccountQuery.parse({ ...query, limit: String(limit), ...(cursor ? { cursor } : {}) }));
      names.push(...items.map(({ name }) => name));
      if (next === null) return names;
      cursor = next;
    }
  };
  test('pages as it would read in one, in every order', async () => {
    for (const sort of ['name', 'health', 'run_rate', 'stake', 'last_day'])
      for (const direction of ['asc', 'desc']) {
        const whole = await read({ sort, direction }, 200);
        expect(whole).toHaveLength(ids.size);
        expect(await read({ sort, direction })).toEqual(whole);
      }
    expect((await read({ sort: 'name' }, 200)).slice(-4)).toEqual(['peer-6', 'peer-7', 'peer-8', 'peer-9']);
    expect((await read({ sort: 'run_rate' }, 200))[0]).toBe('Stopped'); // 16 days of 300 against 28 of 100
    expect((await read({ sort: 'run_rate' }, 200)).slice(-2)).toEqual(['Never', 'Shut']);
  });
  test('narrows by owner, status, industry, segment and words', async () => {
    expect(await read({ owner: 'me' })).toEqual(['Steady', 'Stopped']);
    expect(await read({ status: 'closed|test' })).toEqual(['Shut']);
    expect(await read({ industry: 'Robotics' })).toEqual(['Steady']);
    expect(await read({ segment: 'churn_risk', owner: 'me' })).toEqual(['Stopped']);
    expect(await read({ q: 'nev' })).toEqual(['Never']);
    expect(await read({ owner: 'unassigned', status: 'live', q: 'e' })).toContain('Never');
  });
  test('sums up what it can be narrowed to', async () => {
    const told = await accounts.summary(deps, who, {});
    expect(told).toMatchObject({ accounts: ids.size, unassigned: 11, statuses: { live: 13, closed: 1, internal: 0, test: 0 }, unit: null, currency: 'GBP' });
    expect(told.owners).toEqual([{ id: csm, name: 'Mara Oyelund', accounts: 2 }]);
    expect((await accounts.summary(deps, { ...who, ownAccountsOf: csm }, {})).accounts).toBe(2);
  });
  test('leaves as a file, whole', async () => {
    const text = await accounts.exportCsv(deps, who, AccountQuery.parse({ status: 'live' })).text();
    const lines = text.split('\r\n').slice(0, -1);
    expect(lines[0]).toBe('account,name,status,owner,industry,plan,region,segment,health,band,run_rate,at_stake_90d,last_usage');
    expect(lines).toHaveLength(14);
    expect(lines.find((line) => line.startsWith('stopped,'))).toMatch(/^stopped,Stopped,live,Mara Oyelund,,,,churn_risk,/);
  });
});
