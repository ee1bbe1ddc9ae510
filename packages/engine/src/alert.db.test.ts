import { addDays, type Day } from '@tideline/domain/calendar';
import { taskPage } from '@tideline/db/read/task';
import { withWorkspace } from '@tideline/db/workspace';
import { aMember, anAccount, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { onScores, tell } from './alert.ts';
import { tellLate } from './alert-digest.ts';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import type { ScoreChange } from './score-change.ts';

const TODAY = '2026-11-20' as Day; // a Friday
const common = { severity: 'high', coolDownDays: 7 };

let world: World;
let deps: TestDeps;
let workspaceId: string;
let owner: string;
let account: string;
let healthRule: string;

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());
beforeEach(async () => {
  workspaceId = await aWorkspace(world.arrange);
  owner = await aMember(world.arrange, workspaceId);
  account = await anAccount(world.arrange, workspaceId, { name: 'Acme', owner_id: owner });
  healthRule = await aRow(world.arrange, 'alert_rule', {
    workspace_id: workspaceId,
    name: 'At risk',
    kind: 'health_below',
    config: { ...common, threshold: 50, clear: 54 },
  });
  await usageFrom(addDays(TODAY, -200));
  deps.jobs.asked.length = 0;
});

const usageFrom = (first: Day) =>
  world.arrange(`INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity) VALUES ($1, $2, $3, true, 1, 1)`, [
    workspaceId,
    account,
    first,
  ]);
const endpoint = (events: string[], enabled = true) =>
  aRow(world.arrange, 'webhook_endpoint', { workspace_id: workspaceId, url: 'https://example.com/hook', secret: 'whsec_c2VjcmV0', events, enabled });

const change = (from: number | null, to: number | null, more: Partial<ScoreChange> = {}): ScoreChange => ({
  accountId: account,
  before: { health: from, segment: 'steady' },
  after: { health: to, segment: 'steady' },
  reason: () => 'Silent 9 days, usually every 2',
  day: TODAY,
  live: false,
  backfilled: false,
  firstSight: false,
  late: false,
  ...more,
});
const score = async (...changes: ScoreChange[]) => {
  const fallout = await withWorkspace(deps.db, workspaceId, (tx) => onScores(tx, deps, changes));
  await tell(deps, workspaceId, fallout);
  return fallout;
};
const rowsOf = (table: string, order: string) => world.arrange(`SELECT * FROM ${table} WHERE workspace_id = $1 ORDER BY ${order}`, [workspaceId]);
const alerts = () => rowsOf('alert', 'opened_on, rule_id');
const tasks = () => rowsOf('task', 'title');
const tasksShown = () => withWorkspace(deps.db, workspaceId, (tx) => taskPage(tx, {}, TODAY, null, 10));
const owed = async () =>
  (await rowsOf('notification', 'fact')).map((row) => row as { fact: string; payload: { type: string; data: Record<string, unknown> }; state: string });

describe('a crossing', () => {
  test('opens one alert, one task for the owner, one message for each subscription', async () => {
    await endpoint(['alert.opened', 'task.created']);
    await endpoint(['alert.opened'], false);
    await score(change(62, 41));
    expect(await alerts()).toMatchObject([{ rule_id: healthRule, account_id: account, state: 'open', assignee_id: owner, digest: false }]);
    expect(await alerts()).toMatchObject([{ sentence: 'Health fell from 62 to 41, below 50: Silent 9 days, usually every 2' }]);
    expect(await tasks()).toMatchObject([{ title: 'Ask Acme why health fell below 50', owner_id: owner, state: 'open' }]);
    // found on a Sunday: one working day after Monday
    expect(await world.arrange('SELECT due_day::text FROM task WHERE workspace_id = $1', [workspaceId])).toEqual([{ due_day: '2026-11-24' }]);
    expect((await owed()).map(({ fact }) => fact.split(':')[0])).toEqual(['alert.opened', 'task.created']);
    expect((await owed())[0]?.payload).toMatchObject({
      type: 'alert.opened',
      data: { account: { name: 'Acme' }, alert: { evidence: { before: { health: 62 }, after: { health: 41 } } } },
    });
    expect(deps.jobs.asked).toEqual([{ name: 'notify.send', payload: { workspaceId } }]);
  });

  test('is not told again while the alert is open, whatever is repeated', async () => {
    await endpoint(['alert.opened']);
    await score(change(62, 41));
    await score(change(62, 41));
    await score(change(41, 45));
    expect(await alerts()).toHaveLength(1);
    expect(await tasks()).toHaveLength(1);
    expect(await owed()).toHaveLength(1);
  });

  test('seen by two workers at the same moment opens one alert and one task', async () => {
    await Promise.all([score(change(62, 41)), score(change(62, 41)), score(change(62, 41))]);
    expect(await alerts()).toHaveLength(1);
    expect(await tasks()).toHaveLength(1);
  });

  test('resolves by itself past the clear line, not between the two', async () => {
    await endpoint(['alert.resolved']);
    await score(change(62, 41));
    await score(change(41, 52, { day: addDays(TODAY, 1) }));
    expect(await alerts()).toMatchObject([{ state: 'open' }]);
    await score(change(52, 55, { day: addDays(TODAY, 2) }));
    expect(await alerts()).toMatchObject([{ state: 'resolved', resolved_by: null, resolution: 'Health is back at 55, 54 or more' }]);
    // Its task is for its owner to close, and says why that may be done.
    expect(await tasksShown()).toMatchObject([{ state: 'open', alert: { clearedOn: addDays(TODAY, 2) } }]);
    expect((await owed()).map(({ payload }) => payload.type)).toEqual(['alert.resolved']);
    expect(await tasks()).toMatchObject([{ state: 'open' }]); // what a person was asked to do stays theirs to close
  });

  test('into a segment fires the rule of that segment, and says which segment it left', async () => {
    await endpoint(['segment.changed', 'alert.opened']);
    const rule = await aRow(world.arrange, 'alert_rule', {
      workspace_id: workspaceId,
      name: 'Into risk',
      kind: 'segment_entered',
      config: { ...common, segments: ['churn_risk'] },
    });
    await score(change(70, 70, { after: { health: 70, segment: 'churn_risk' } }));
    expect(await alerts()).toMatchObject([{ rule_id: rule, sentence: 'Moved from Steady to Churn risk: Silent 9 days, usually every 2' }]);
    expect((await owed()).map(({ payload }) => payload.type)).toEqual(['alert.opened', 'segment.changed']);
    await score(change(70, 70, { before: { health: 70, segment: 'churn_risk' }, after: { health: 70, segment: 'steady' }, day: addDays(TODAY, 9) }));
    expect(await alerts()).toMatchObject([{ state: 'resolved', resolution: 'Left Churn risk, now Steady' }]);
  });

  test('of an account without an owner opens a task that waits in Unassigned', async () => {
    const stray = await anAccount(world.arrange, workspaceId, { name: 'Stray' });
    await score(change(62, 41, { accountId: stray }));
    expect(await tasks()).toMatchObject([{ owner_id: null, account_id: stray }]);
  });
});

describe('nothing fires', () => {
  test.each([
    ['at first sight', { firstSight: true, before: null }],
    ['in backfilled history', { backfilled: true }],
  ])('%s', async (_, more) => {
    await endpoint(['alert.opened', 'segment.changed']);
    await score(change(62, 41, { after: { health: 41, segment: 'churn_risk' }, ...more }));
    expect(await alerts()).toEqual([]);
    expect(await owed()).toEqual([]);
  });

  test('before the workspace has 84 days of usage', async () => {
    await world.arrange('UPDATE account_day SET day = $2 WHERE workspace_id = $1', [workspaceId, addDays(TODAY, -82)]);
    await score(change(62, 41));
    expect(await alerts()).toEqual([]);
    await score(change(62, 41, { day: addDays(TODAY, 1) }));
    expect(await alerts()).toHaveLength(1);
  });

  test('for a rule that is switched off, though its open alert may still end', async () => {
    await score(change(62, 41));
    await world.arrange('UPDATE alert_rule SET enabled = false WHERE workspace_id = $1', [workspaceId]);
    const other = await anAccount(world.arrange, workspaceId);
    await score(change(62, 41, { accountId: other }), change(41, 60));
    expect(await alerts()).toMatchObject([{ account_id: account, state: 'resolved' }]);
  });

  test.each(['closed', 'internal', 'test'])('for an account that is %s', async (status) => {
    await world.arrange('UPDATE account SET status = $2 WHERE workspace_id = $1', [workspaceId, status]);
    await score(change(62, 41));
    expect(await alerts()).toEqual([]);
  });
});

describe('days closed late', () => {
  const late = { late: true };

  test('open alerts at once and are told as one digest for each owner', async () => {
    await endpoint(['alert.opened', 'alert.resolved', 'task.created']);
    const second = await anAccount(world.arrange, workspaceId, { name: 'Beta', owner_id: owner });
    const stray = await anAccount(world.arrange, workspaceId, { name: 'Stray' });
    const back = await anAccount(world.arrange, workspaceId, { name: 'Back', owner_id: owner });
    await score(change(62, 41, { ...late, day: addDays(TODAY, -1) }), change(62, 30, { ...late, accountId: back, day: addDays(TODAY, -1) }));
    await score(change(58, 20, { ...late, accountId: second }), change(62, 10, { ...late, accountId: stray }), change(30, 70, { ...late, accountId: back }));
    expect(await alerts()).toHaveLength(4);
    expect(await tasks()).toEqual([]);
    expect(await owed()).toEqual([]);

    await tellLate(deps, workspaceId, addDays(TODAY, 1));
    await tellLate(deps, workspaceId, addDays(TODAY, 1)); // after a crash, or by the sweep: nothing is told twice
    expect(await tasks()).toMatchObject([
      { title: 'Ask Stray why health fell below 50', owner_id: null },
      { title: 'Look through 2 alerts from days that were closed late', owner_id: owner },
    ]);
    const messages = await owed();
    expect(messages.map(({ payload }) => payload.type)).toEqual(['alert.digest', 'alert.digest']);
    expect(messages.map(({ payload }) => (payload.data.alerts as unknown[]).length).toSorted()).toEqual([1, 2]);
    expect(deps.jobs.asked).toHaveLength(1);
  });
});

test('another workspace sees nothing of it', async () => {
  await score(change(62, 41));
  const elsewhere = await aWorkspace(world.arrange);
  expect(await withWorkspace(deps.db, elsewhere, (tx) => tx.db.alert.count())).toBe(0);
});
