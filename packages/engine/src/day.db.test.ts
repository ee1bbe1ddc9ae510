import { addDays, day, type Day, dayNumber } from '@tideline/domain/calendar';
import { asSystem } from '@tideline/db/system';
import { withWorkspace } from '@tideline/db/workspace';
import { openWorld, type World } from '@tideline/testkit/build';
import { cell, goldenRows, goldenUsage } from '@tideline/testkit/golden';
import { ScoreOracle, type UsageRow } from '@tideline/testkit/score-oracle';
import { unpackMeasures } from '@tideline/domain/measure-pack';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backfill } from './backfill.ts';
import { closeDays } from './day.ts';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { scoreChanged } from './score.ts';
import { scoreAll } from './score-all.ts';
import { setUpWorkspace } from './set-up-workspace.ts';
import { aRun, aScoredWorkspace, measuredRules, sendUsage } from './scoring.fixture.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const usage = goldenUsage('vectors_input.csv.gz');
const LAST = usage.reduce((a, row) => (row.day > a ? row.day : a), day('2000-01-01'));
const pin = (workspaceId: string, to: Day) => world.arrange('UPDATE workspace SET as_of_pin = $2 WHERE id = $1', [workspaceId, to]);
const rowsOf = (sql: string, workspaceId: string) => world.arrange(sql, [workspaceId]);

const prepared = async (asOf: Day, rows: readonly UsageRow[] = usage) => {
  const made = await aScoredWorkspace(world.arrange, { as_of_pin: asOf }, measuredRules);
  await sendUsage(world.arrange, made.workspaceId, made.versionId, rows);
  await backfill(deps, made.workspaceId, await aRun(world.arrange, made.workspaceId));
  return made;
};
const scoreOf = async (workspaceId: string, account: string) => {
  const [row] = await world.arrange(
    `SELECT s.*, s.as_of::text AS day FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id WHERE s.workspace_id = $1 AND a.external_id = $2`,
    [workspaceId, account],
  );
  return row;
};

describe('closing days', () => {
  it('judges as the backfill does, day by day, and changes segments on the same days', { timeout: 180_000 }, async () => {
    const { workspaceId } = await prepared(addDays(LAST, -10));
    await pin(workspaceId, LAST);
    const closed = await closeDays(deps, workspaceId);
    expect(closed).toHaveLength(10);
    expect(await closeDays(deps, workspaceId)).toEqual([]);

    const last = await rowsOf(
      `SELECT a.external_id AS account, h.health FROM score_history h JOIN account a ON a.workspace_id = h.workspace_id AND a.id = h.account_id
       WHERE h.workspace_id = $1 AND h.day = '${LAST}' AND NOT h.backfilled`,
      workspaceId,
    );
    const shown = goldenRows('shown_expected.csv').filter((row) => cell(row, 'cutoff') === LAST);
    expect(shown).toHaveLength(54);
    const health = new Map(last.map((row) => [row.account, Number(row.health)]));
    for (const row of shown) expect(health.get(cell(row, 'account_id'))).toBeCloseTo(Number(cell(row, 'shown')), 2);

    const moves = await rowsOf(
      `SELECT a.external_id || ',' || t.day || ',' || t.to_segment AS line FROM segment_transition t
       JOIN account a ON a.workspace_id = t.workspace_id AND a.id = t.account_id WHERE t.workspace_id = $1`,
      workspaceId,
    );
    const expected = goldenRows('segments_vectors.csv').map((row) => `${cell(row, 'account_id')},${cell(row, 'day')},${cell(row, 'segment')}`);
    expect(moves.map((row) => row.line).toSorted()).toEqual(expected.toSorted());
  });

  it(
    'older history that comes later leaves what live closes told: one change each, on the last day, where it ends elsewhere',
    { timeout: 180_000 },
    async () => {
      const since = addDays(LAST, -100);
      const { workspaceId, versionId } = await prepared(
        addDays(LAST, -20),
        usage.filter((row) => row.day > since),
      );
      await pin(workspaceId, LAST);
      expect(await closeDays(deps, workspaceId)).toHaveLength(20);
      const changes = (when: string) =>
        rowsOf(
          `SELECT a.external_id || ',' || t.day || ',' || coalesce(t.from_segment, '') || ',' || t.to_segment AS line FROM segment_transition t
         JOIN account a ON a.workspace_id = t.workspace_id AND a.id = t.account_id WHERE t.workspace_id = $1 AND t.day ${when} ORDER BY 1`,
          workspaceId,
        );
      const told = await changes(`BETWEEN '${addDays(LAST, -19)}' AND '${addDays(LAST, -1)}'`);
      const before = await rowsOf('SELECT account_id::text AS id, segment FROM score WHERE workspace_id = $1', workspaceId);
      await sendUsage(
        world.arrange,
        workspaceId,
        versionId,
        usage.filter((row) => row.day <= since),
      );
      await backfill(deps, workspaceId, await aRun(world.arrange, workspaceId));
      expect(told.length).toBeGreaterThan(0);
      expect(await changes(`BETWEEN '${addDays(LAST, -19)}' AND '${addDays(LAST, -1)}'`)).toEqual(told);
      const was = new Map(before.map((row) => [row.id, row.segment]));
      const moved = (await rowsOf('SELECT account_id::text AS id, segment FROM score WHERE workspace_id = $1', workspaceId)).filter(
        (row) => row.segment !== (was.get(row.id) ?? null),
      );
      const last = await rowsOf(
        `SELECT account_id::text AS id, to_segment AS segment FROM segment_transition WHERE workspace_id = $1 AND backfilled AND day = '${LAST}'`,
        workspaceId,
      );
      const line = (row: Record<string, unknown>) => `${String(row.id)} ${String(row.segment)}`;
      expect(moved.length).toBeGreaterThan(0);
      expect(last.map(line).toSorted()).toEqual(moved.map(line).toSorted());
    },
  );

  it('moving the pin back closes nothing and keeps what was judged', async () => {
    const { workspaceId } = await prepared(LAST, usage.slice(0, 600));
    const before = await rowsOf('SELECT account_id, health FROM score WHERE workspace_id = $1 ORDER BY 1', workspaceId);
    await pin(workspaceId, addDays(LAST, -30));
    expect(await closeDays(deps, workspaceId)).toEqual([]);
    expect(await rowsOf('SELECT account_id, health FROM score WHERE workspace_id = $1 ORDER BY 1', workspaceId)).toEqual(before);
  });

  it('closes nothing in a workspace nobody has sent usage to', async () => {
    const { workspaceId } = await aScoredWorkspace(world.arrange);
    expect(await closeDays(deps, workspaceId)).toEqual([]);
    expect(await scoreChanged(deps, workspaceId)).toBe(0);
  });
});

describe('between closes', () => {
  it('counts presence at once and absence never', { timeout: 60_000 }, async () => {
    const { workspaceId, versionId } = await prepared(LAST);
    const [before, other] = [await scoreOf(workspaceId, 'bg01'), await scoreOf(workspaceId, 'bg02')];
    await sendUsage(world.arrange, workspaceId, versionId, [{ account: 'bg01', day: addDays(LAST, 1), events: 1, revenue: 900 }]);
    expect(await scoreChanged(deps, workspaceId)).toBe(1);

    const after = await scoreOf(workspaceId, 'bg01');
    const [m, was] = [after, before].map((row) => unpackMeasures(row?.measures as (number | null)[]));
    expect(after).toMatchObject({ live: true, day: addDays(LAST, 1) });
    expect(m).toMatchObject({
      asOf: dayNumber(LAST) + 1,
      lastDay: dayNumber(LAST) + 1,
      clockSilent: 0,
      usageDaysEver: (was?.usageDaysEver ?? 0) + 1,
      revenue364: was?.revenue364,
    });
    const oracle = new ScoreOracle(usage);
    expect(m?.clockSpan).toBeCloseTo(oracle.clock(dayNumber(LAST)) - oracle.clock(m?.yearFirstDay ?? 0), 6);
    expect(Number(after?.cadence)).toBeGreaterThan(Number(before?.cadence));
    expect(await scoreOf(workspaceId, 'bg02')).toEqual(other);
    const history = await rowsOf(`SELECT 1 FROM score_history WHERE workspace_id = $1 AND day > '${LAST}'`, workspaceId);
    expect(history).toEqual([]);
  });

  it('judges nobody before a run over history has judged the present', { timeout: 60_000 }, async () => {
    const { workspaceId, versionId } = await prepared(LAST);
    const before = await scoreOf(workspaceId, 'bg01');
    const run = await aRun(world.arrange, workspaceId);
    await sendUsage(world.arrange, workspaceId, versionId, [{ account: 'bg01', day: addDays(LAST, 1), events: 1, revenue: 900 }]);
    expect(await scoreChanged(deps, workspaceId)).toBe(0);
    expect(await scoreOf(workspaceId, 'bg01')).toEqual(before);
    await world.arrange("UPDATE background_run SET state = 'cancelled', finished_at = now() WHERE id = $1", [run]);
    expect(await scoreChanged(deps, workspaceId)).toBe(1);
  });

  it(
    'goes on while history is judged: the present stands first, usage is judged, a day is closed, and the walk ends on that day',
    { timeout: 120_000 },
    async () => {
      const { workspaceId, versionId } = await aScoredWorkspace(world.arrange, { as_of_pin: addDays(LAST, -1) }, measuredRules);
      await sendUsage(
        world.arrange,
        workspaceId,
        versionId,
        usage.filter((row) => row.day <= addDays(LAST, -1)),
      );
      const runId = await aRun(world.arrange, workspaceId);
      const run = async () => (await world.arrange('SELECT state, done, total, detail FROM background_run WHERE id = $1', [runId]))[0];
      const walking = backfill(deps, workspaceId, runId);
      await vi.waitFor(async () => expect(await run()).toMatchObject({ detail: { presentStands: true } }), 30_000);
      expect(await scoreOf(workspaceId, 'bg01')).toMatchObject({ day: addDays(LAST, -1), live: false });
      const today = usage.filter((row) => row.day === LAST);
      expect(today.length).toBeGreaterThan(0);
      await sendUsage(world.arrange, workspaceId, versionId, today);
      expect(await scoreChanged(deps, workspaceId)).toBeGreaterThan(0);
      await pin(workspaceId, LAST);
      expect(await closeDays(deps, workspaceId)).toEqual([LAST]);
      expect(await run()).toMatchObject({ state: 'running' }); // all that was while it walked
      expect(await walking).toBe('done');
      expect(await run()).toMatchObject({ state: 'done', done: (await run())?.total });

      const { workspaceId: undisturbed } = await prepared(LAST);
      const present = (id: string) =>
        rowsOf(
          `SELECT a.external_id AS account, s.as_of::text AS day, s.health, s.segment, s.segment_since::text AS since, s.stake::text AS stake
         FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id WHERE s.workspace_id = $1 ORDER BY 1`,
          id,
        );
      expect(await present(workspaceId)).toEqual(await present(undisturbed));
      const closes = `SELECT day::text AS day FROM day_close WHERE workspace_id = $1 AND NOT backfilled`;
      expect(await rowsOf(closes, workspaceId)).toEqual([{ day: LAST }]);
      expect(await rowsOf('SELECT 1 FROM alert WHERE workspace_id = $1', workspaceId)).toEqual([]);
    },
  );

  it('keeps what is stored for later days waiting, and counts today again after the close of yesterday', { timeout: 60_000 }, async () => {
    const { workspaceId, versionId } = await prepared(LAST);
    await sendUsage(world.arrange, workspaceId, versionId, [
      { account: 'bg03', day: addDays(LAST, 2), events: 1, revenue: 10 },
      { account: 'bg04', day: addDays(LAST, 40), events: 1, revenue: 10 },
    ]);
    await scoreChanged(deps, workspaceId);
    expect(await scoreOf(workspaceId, 'bg03')).toMatchObject({ live: false, day: LAST });
    await pin(workspaceId, addDays(LAST, 1));
    expect(await closeDays(deps, workspaceId)).toEqual([addDays(LAST, 1)]);
    expect(await scoreOf(workspaceId, 'bg03')).toMatchObject({ live: true, day: addDays(LAST, 2) });
    expect(await scoreOf(workspaceId, 'bg04')).toMatchObject({ live: false, day: addDays(LAST, 1) });
  });

  it('judges everybody again after a model was published, without an alert', { timeout: 60_000 }, async () => {
    const { workspaceId } = await prepared(LAST);
    await rowsOf(
      `UPDATE health_model SET config = jsonb_set(config, '{weights}', '{"cadence": 0, "silence": 0, "standing": 100, "momentum": 0}') WHERE workspace_id = $1`,
      workspaceId,
    );
    await scoreAll(deps, workspaceId, await aRun(world.arrange, workspaceId));
    const rows = await rowsOf('SELECT raw, standing, log10p FROM score WHERE workspace_id = $1 AND log10p > -3 AND raw > 0', workspaceId);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(Number(row.raw)).toBeLessThanOrEqual(Number(row.standing) + 1e-9);
    expect(await rowsOf('SELECT 1 FROM alert WHERE workspace_id = $1', workspaceId)).toEqual([]);
  });
});

describe('a silent account', () => {
  it('fires once when a close takes it below the threshold; first sight and history fire nothing', { timeout: 120_000 }, async () => {
    const days = Array.from({ length: 200 }, (_, i) => addDays(LAST, i - 219));
    const rows = ['steady', 'stops', ...Array.from({ length: 12 }, (_, i) => `peer${i}`)].flatMap((account) =>
      [...days, ...(account === 'stops' ? [] : Array.from({ length: 60 }, (_, i) => addDays(LAST, i - 19)))].map((on) => ({
        account,
        day: on,
        events: 1,
        revenue: 50,
      })),
    );
    const made = await aScoredWorkspace(world.arrange, { as_of_pin: addDays(LAST, -20) }, undefined);
    await rowsOf('DELETE FROM health_model WHERE workspace_id = $1', made.workspaceId);
    await withWorkspace(deps.db, made.workspaceId, (tx) => setUpWorkspace(tx, deps.now()));
    await sendUsage(world.arrange, made.workspaceId, made.versionId, rows);
    await backfill(deps, made.workspaceId, await aRun(world.arrange, made.workspaceId));
    expect(await rowsOf('SELECT 1 FROM alert WHERE workspace_id = $1', made.workspaceId)).toEqual([]);
    await pin(made.workspaceId, addDays(LAST, 5));
    await closeDays(deps, made.workspaceId);
    const alerts = await rowsOf(
      `SELECT a.external_id AS account, r.kind FROM alert l JOIN account a ON a.id = l.account_id JOIN alert_rule r ON r.id = l.rule_id WHERE l.workspace_id = $1 ORDER BY 2`,
      made.workspaceId,
    );
    expect(alerts).toEqual([
      { account: 'stops', kind: 'health_below' },
      { account: 'stops', kind: 'segment_entered' },
    ]);
    expect(await asSystem(deps.system, 'test', (tx) => tx.workspace.findUnique({ where: { id: made.workspaceId }, select: { closedThrough: true } }))).toEqual({
      closedThrough: new Date(`${addDays(LAST, 5)}T00:00:00Z`),
    });

    // used again: what is said of it changes at once, the reason its segment was entered for stays until the segment is left
    const said = () =>
      rowsOf(
        `SELECT s.why, s.segment_reason, t.why AS listed, s.segment FROM score s JOIN account a ON a.id = s.account_id JOIN triage_row t ON t.account_id = s.account_id
         WHERE s.workspace_id = $1 AND a.external_id = 'stops'`,
        made.workspaceId,
      );
    expect(await said()).toEqual([{ why: 'gone_quiet', segment_reason: 'gone_quiet', listed: 'gone_quiet', segment: 'churn_risk' }]);
    await sendUsage(world.arrange, made.workspaceId, made.versionId, [{ account: 'stops', day: addDays(LAST, 6), events: 1, revenue: 50 }]);
    await scoreChanged(deps, made.workspaceId);
    expect(await said()).toEqual([{ why: 'active_again', segment_reason: 'gone_quiet', listed: 'active_again', segment: 'churn_risk' }]);
  });
});
