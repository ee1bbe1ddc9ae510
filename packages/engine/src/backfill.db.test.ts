import { day } from '@tideline/domain/calendar';
import { openWorld, type World } from '@tideline/testkit/build';
import { cell, goldenRows, goldenUsage } from '@tideline/testkit/golden';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backfill } from './backfill.ts';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { aRun, aScoredWorkspace, measuredRules, sendUsage } from './scoring.fixture.ts';

let world: World;
let deps: TestDeps;
let workspaceId: string;

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  const usage = goldenUsage('vectors_input.csv.gz');
  const last = usage.reduce((a, row) => (row.day > a ? row.day : a), day('2000-01-01'));
  const made = await aScoredWorkspace(world.arrange, { as_of_pin: last }, measuredRules);
  workspaceId = made.workspaceId;
  await sendUsage(world.arrange, workspaceId, made.versionId, usage);
  await backfill(deps, workspaceId, await aRun(world.arrange, workspaceId));
}, 120_000);
afterAll(() => deps.close());

const history = async (columns: string) => {
  const rows = await world.arrange(
    `SELECT a.external_id AS account, h.day::text AS day, ${columns} FROM score_history h JOIN account a ON a.workspace_id = h.workspace_id AND a.id = h.account_id WHERE h.workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map((row) => [`${String(row.account)} ${String(row.day)}`, row]));
};

describe('the golden vectors through the database', () => {
  it('reproduces every component, health and growth', async () => {
    const found = await history('raw AS health, cadence AS "C", silence AS "S", standing AS "V", momentum AS "M", log10p AS log10_p_silence, growth');
    const worst: Record<string, number> = {};
    const expected = goldenRows('vectors_expected.csv');
    for (const row of expected) {
      const own = found.get(`${cell(row, 'account_id')} ${cell(row, 'cutoff')}`);
      for (const column of ['health', 'C', 'S', 'V', 'M', 'log10_p_silence', 'growth']) {
        worst[column] = Math.max(worst[column] ?? 0, Math.abs(Number(own?.[column]) - Number(cell(row, column))) || (own ? 0 : Infinity));
      }
    }
    expect(expected).toHaveLength(156);
    for (const distance of Object.values(worst)) expect(distance).toBeLessThanOrEqual(0.001);
  });

  it('reproduces health as shown and money at stake', async () => {
    const found = await history('health AS shown, stake AS money_at_stake');
    for (const row of goldenRows('shown_expected.csv')) {
      const own = found.get(`${cell(row, 'account_id')} ${cell(row, 'cutoff')}`);
      expect(Number(own?.shown)).toBeCloseTo(Number(cell(row, 'shown')), 2);
      expect(Math.abs(Number(own?.money_at_stake) - Number(cell(row, 'money_at_stake')))).toBeLessThanOrEqual(0.05);
    }
  });

  it('changes every segment on its day', async () => {
    const rows = await world.arrange(
      `SELECT a.external_id || ',' || t.day || ',' || t.to_segment AS line FROM segment_transition t
       JOIN account a ON a.workspace_id = t.workspace_id AND a.id = t.account_id
       WHERE t.workspace_id = $1 ORDER BY 1`,
      [workspaceId],
    );
    const expected = goldenRows('segments_vectors.csv').map((row) => `${cell(row, 'account_id')},${cell(row, 'day')},${cell(row, 'segment')}`);
    expect(rows.map((row) => row.line).toSorted()).toEqual(expected.toSorted());
  });
});
