import { aMember, anAccount, aRow, aWorkspace, listedInTriage, openWorld } from '@tideline/testkit/build';
import { afterAll, expect, it } from 'vitest';
import type { Who } from './deps.ts';
import { testDeps } from './deps.fixture.ts';
import { portfolio } from './portfolio.ts';

const world = await openWorld();
const deps = testDeps(world.urls); // its clock stands on 2026-11-22
afterAll(() => deps.close());

const whoOf = (workspaceId: string, own: string | null = null): Who => ({ workspaceId, userId: null, role: 'LEADER', actor: 'test', ownAccountsOf: own });
type Judged = {
  segment: string;
  band: string | null;
  health: number | null;
  before?: { segment: string; band: string };
  owner?: string;
  stake?: number;
  status?: string;
};

const judge = async (workspaceId: string, modelId: string, one: Judged, row: Record<string, unknown> = {}): Promise<string> => {
  const id = await anAccount(world.arrange, workspaceId, { owner_id: one.owner ?? null, status: one.status ?? 'live', created_day: '2026-08-15', ...row });
  await world.arrange(
    `INSERT INTO score (workspace_id, account_id, as_of, live, scored_at, model_id, health, raw, band, segment, segment_since, segment_reason, segment_state, badges, why, reason,
       next_action, measures, run_rate, stake, urgency, rank)
     VALUES ($1, $2, '2026-11-21', false, now(), $3, $4, $4, $5, $6, '2026-11-01', '', '{}', '{}', 'steady', '[]', '', '{}', 100, $7, 1, 1)`,
    [workspaceId, id, modelId, one.health, one.band, one.segment, one.stake ?? 10],
  );
  await listedInTriage(world.arrange, workspaceId);
  if (one.before) {
    await world.arrange(
      `INSERT INTO score_history (workspace_id, account_id, day, model_id, band, segment, stake, backfilled, written_at) VALUES ($1, $2, '2026-10-24', $3, $4, $5, 1, false, now())`,
      [workspaceId, id, modelId, one.before.band, one.before.segment],
    );
  }
  return id;
};

const aBook = async () => {
  const workspaceId = await aWorkspace(world.arrange, { closed_through: '2026-11-21' });
  const modelId = await aRow(world.arrange, 'health_model', { workspace_id: workspaceId, version: 1, state: 'published', config: '{}' });
  const owner = await aMember(world.arrange, workspaceId, { name: 'Ada' });
  return { workspaceId, modelId, owner };
};

it('counts segments, what came and went, bands, money and load, without accounts that are not live', async () => {
  const { workspaceId, modelId, owner } = await aBook();
  const steady = { segment: 'steady', band: 'healthy' };
  const one = await judge(
    workspaceId,
    modelId,
    { segment: 'churn_risk', band: 'at_risk', health: 30, before: steady, owner, stake: 70 },
    { industry: 'Retail' },
  );
  await judge(workspaceId, modelId, { ...steady, health: 80, before: steady, owner }, { industry: 'Retail' });
  await judge(workspaceId, modelId, { segment: 'onboarding_on_track', band: null, health: null });
  await judge(workspaceId, modelId, { ...steady, health: 90, before: steady, status: 'internal', stake: 999 });
  await aRow(world.arrange, 'task', { workspace_id: workspaceId, account_id: one, title: 'Call', owner_id: owner, due_day: '2026-11-20', state: 'open' });
  const page = await portfolio(deps, whoOf(workspaceId));
  expect(page.book).toEqual({ accounts: 3, runRate: '300', stake: '90' });
  expect(page.segments).toEqual([
    { segment: 'churn_risk', accounts: 1, runRate: '100', stake: '70', before: 0, came: 1, went: 0 },
    { segment: 'onboarding_on_track', accounts: 1, runRate: '100', stake: '10', before: 0, came: 1, went: 0 },
    { segment: 'steady', accounts: 1, runRate: '100', stake: '10', before: 2, came: 0, went: 1 },
  ]);
  expect(page.flows[0]).toMatchObject({ from: 'steady', to: 'churn_risk', accounts: 1, stake: '70' });
  expect(page.bands.map(({ band, accounts, before }) => [band, accounts, before])).toEqual([
    ['at_risk', 1, 0],
    ['healthy', 1, 2],
    [null, 1, 0],
  ]);
  const slice = (name: string) => page.slices.filter((row) => row.slice === name).map(({ label, accounts, atRisk, stake }) => [label, accounts, atRisk, stake]);
  expect(slice('owner')).toEqual([
    ['Ada', 2, 1, '80'],
    [null, 1, 0, '10'],
  ]);
  expect(slice('industry')).toEqual([
    ['Retail', 2, 1, '80'],
    [null, 1, 0, '10'],
  ]);
  expect(page.loads[0]).toMatchObject({ name: 'Ada', accounts: 2, needsYou: 1, tasks: 1, overdue: 1 });
  expect(page.quietDays, 'no touch was ever logged').toBeNull();
  const own = await portfolio(deps, whoOf(workspaceId, owner));
  expect(own.book.accounts).toBe(2);
});

it('reads time to first value by the quarter of the start, those still waiting as waiting', async () => {
  const { workspaceId } = await aBook();
  expect((await portfolio(deps, whoOf(workspaceId))).firstValue).toBeNull();
  const meterId = await aRow(world.arrange, 'meter', { workspace_id: workspaceId, key: 'calls', name: 'Calls', unit: 'calls' });
  const milestoneId = await aRow(world.arrange, 'milestone', { workspace_id: workspaceId, name: 'First', meter_id: meterId, threshold: 1, first_value: true });
  for (const reached of ['2026-08-11', '2026-08-21', null]) {
    const id = await anAccount(world.arrange, workspaceId, { created_day: '2026-08-01' });
    if (reached)
      await world.arrange(`INSERT INTO milestone_reached (workspace_id, account_id, milestone_id, day) VALUES ($1, $2, $3, $4)`, [
        workspaceId,
        id,
        milestoneId,
        reached,
      ]);
  }
  await anAccount(world.arrange, workspaceId, { created_day: '2020-01-01' });
  expect((await portfolio(deps, whoOf(workspaceId))).firstValue).toEqual([
    { quarter: '2026-07', accounts: 3, reached: 2, beforeStart: 0, median: 20, p75: null, p90: null, within: { days: 30, share: expect.closeTo(2 / 3) } },
  ]);
});
