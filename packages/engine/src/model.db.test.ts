import { aMember, anAccount, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { defaultModelConfig } from '@tideline/domain/model-config';
import { exampleMeasures } from '@tideline/domain/example';
import { packMeasures } from '@tideline/domain/measure-pack';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as model from './model.ts';
import { previewModel } from './model-preview.ts';

let world: World;
let deps: TestDeps;
let workspaceId: string;
let modelId: string;
let leader: Who;
let admin: Who;

const edit = {
  weights: { cadence: 50, silence: 25, standing: 15, momentum: 10 },
  shiftByRegularity: defaultModelConfig.shiftByRegularity,
  caps: defaultModelConfig.caps,
  bands: defaultModelConfig.bands,
  segments: defaultModelConfig.segments,
  profiles: [],
};
const body = (change: Partial<typeof edit> = {}) => ({ config: { ...edit, ...change }, note: '' });

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());
beforeEach(async () => {
  workspaceId = await aWorkspace(world.arrange);
  const config = JSON.stringify(defaultModelConfig);
  modelId = await aRow(world.arrange, 'health_model', { workspace_id: workspaceId, version: 1, state: 'published', config, published_at: '2026-01-01' });
  const person = async (name: string, role: 'ADMIN' | 'LEADER'): Promise<Who> => {
    const userId = await aMember(world.arrange, workspaceId, { name, role });
    return { workspaceId, userId, role, actor: name, ownAccountsOf: null };
  };
  [leader, admin] = [await person('Sunniva', 'LEADER'), await person('Ada', 'ADMIN')];
  deps.jobs.asked.length = 0;
});

describe('a draft', () => {
  test('is one per workspace, saved over what was saved, and keeps the fit it does not edit', async () => {
    const first = await model.saveModelDraft(deps, leader, { ...body(), savedAt: null });
    deps.clock.now = new Date(deps.clock.now.getTime() + 60_000);
    const second = await model.saveModelDraft(deps, admin, { ...body({ shiftByRegularity: false }), savedAt: first.savedAt });
    expect(second).toMatchObject({ author: { name: 'Ada' }, config: { shiftByRegularity: false, weights: { silence: 25 } } });
    const rows = await world.arrange(`SELECT version, config->'silent' AS silent FROM health_model WHERE workspace_id = $1 AND state = 'draft'`, [workspaceId]);
    expect(rows).toEqual([{ version: 2, silent: defaultModelConfig.silent }]);
  });

  test('is not saved over one that somebody saved meanwhile', async () => {
    await model.saveModelDraft(deps, leader, { ...body(), savedAt: null });
    await expect(model.saveModelDraft(deps, admin, { ...body(), savedAt: null })).rejects.toMatchObject({ code: 'conflict', message: /Sunniva saved/ });
    await model.discardModelDraft(deps, leader);
    await expect(model.discardModelDraft(deps, leader)).rejects.toMatchObject({ code: 'not-found' });
    expect((await model.state(deps, leader)).draft).toBeNull();
  });
});

describe('publishing', () => {
  test('makes the draft the version in force and has every account judged again', async () => {
    const draft = await model.saveModelDraft(deps, leader, { ...body(), savedAt: null });
    const { version, run } = await model.publishModel(deps, admin, { note: 'Silence matters more', savedAt: draft.savedAt });
    expect(version).toMatchObject({
      version: 2,
      state: 'published',
      note: 'Silence matters more',
      author: { name: 'Ada' },
      config: { weights: { silence: 25 } },
    });
    expect(deps.jobs.asked).toEqual([{ name: 'score.all', payload: { workspaceId, runId: run.id } }]);
    const now = await model.state(deps, leader);
    expect(now.draft).toBeNull();
    expect(now.versions.map(({ version: v, state }) => [v, state])).toEqual([
      [2, 'published'],
      [1, 'retired'],
    ]);
    await expect(model.publishModel(deps, admin, { note: 'again', savedAt: draft.savedAt })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('an earlier version again makes a new one, and leaves a draft beside it alone', async () => {
    const first = await model.saveModelDraft(deps, leader, { ...body(), savedAt: null });
    await model.publishModel(deps, admin, { note: 'two', savedAt: first.savedAt });
    await model.saveModelDraft(deps, leader, { ...body({ shiftByRegularity: false }), savedAt: null });
    const { version } = await model.restoreModel(deps, admin, modelId, { note: '' });
    expect(version).toMatchObject({ version: 3, note: 'Back to version 1', config: { weights: { silence: 15 } } });
    expect((await model.state(deps, admin)).draft?.config.shiftByRegularity).toBe(false);
    await expect(model.restoreModel(deps, admin, version.id, { note: '' })).rejects.toMatchObject({ code: 'rule-violated' });
    const audit = await world.arrange(`SELECT action FROM audit_log WHERE workspace_id = $1 ORDER BY at, id`, [workspaceId]);
    expect(audit.map(({ action }) => action).toSorted()).toEqual(['model.draft', 'model.draft', 'model.publish', 'model.restore']);
  });

  test('the version of another workspace is as if it were not there', async () => {
    const other = await aWorkspace(world.arrange);
    const theirs = await aRow(world.arrange, 'health_model', { workspace_id: other, version: 1, state: 'retired', config: JSON.stringify(defaultModelConfig) });
    await expect(model.restoreModel(deps, admin, theirs, { note: '' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('the preview holds every live account of the person, in columns, with the weeks of those that rise', async () => {
  await world.arrange(`UPDATE workspace SET closed_through = '2026-11-20' WHERE id = $1`, [workspaceId]);
  const asOf = 20_777; // 2026-11-20
  const measures = JSON.stringify(packMeasures({ ...exampleMeasures, asOf, firstDay: asOf - 400, lastDay: asOf }));
  const judged = async (row: Record<string, unknown>, weekly: (week: number) => number) => {
    const id = await anAccount(world.arrange, workspaceId, row);
    const score = {
      workspace_id: workspaceId,
      account_id: id,
      as_of: '2026-11-20',
      live: false,
      scored_at: '2026-11-21',
      model_id: modelId,
      provisional: false,
    };
    const place = {
      segment: 'steady',
      segment_since: '2026-01-01',
      segment_reason: 'steady',
      segment_state: {},
      badges: [],
      why: 'steady',
      reason: [],
      next_action: '',
    };
    const money = { coverage: 1, measures: JSON.parse(measures) as unknown, run_rate: 36_500, stake: 100, urgency: 1, rank: 100 };
    await world.arrange(`INSERT INTO score SELECT * FROM jsonb_populate_record(null::score, $1)`, [JSON.stringify({ ...score, ...place, ...money })]);
    await world.arrange(
      `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity) SELECT $1, $2, d, true, 0, ($3::float8[])[24 - ('2026-11-20'::date - d) / 7] FROM unnest($4::date[]) d`,
      [
        workspaceId,
        id,
        Array.from({ length: 24 }, (_, i) => weekly(i)),
        Array.from({ length: 24 }, (_, i) => new Date(Date.UTC(2026, 10, 20) - i * 7 * 86_400_000)),
      ],
    );
    return id;
  };
  const up = await judged({ name: 'Up', owner_id: leader.userId }, (week) => 100 + week);
  await judged({ name: 'Down' }, (week) => 200 - week);
  await judged({ name: 'Gone', status: 'closed' }, () => 1);
  const all = await previewModel(deps, admin);
  expect(all.accounts.name).toEqual(['Down', 'Up']);
  expect(all.accounts.owner).toEqual([null, 0]);
  expect(all.owners).toEqual([{ id: leader.userId, name: 'Sunniva' }]);
  expect(all.accounts.weeks).toEqual([null, Array.from({ length: 24 }, (_, i) => 100 + i)]);
  expect((await previewModel(deps, { ...admin, ownAccountsOf: leader.userId })).accounts.id).toEqual([up]);
});
