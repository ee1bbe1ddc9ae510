import { withWorkspace } from '@tideline/db/workspace';
import { owe } from '@tideline/db/write/notify';
import { anAccount, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { factOf } from './fact.ts';
import * as sweep from './sweep.ts';

let world: World;
let deps: TestDeps;
let workspaceId: string;
const NOW = new Date('2026-11-22T09:00:00Z');

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());
beforeEach(async () => {
  await world.arrange('DELETE FROM workspace');
  workspaceId = await aWorkspace(world.arrange, { closed_through: '2026-11-21' });
  deps.jobs.asked.length = 0;
  deps.logged.length = 0;
});

const swept = async () => {
  await sweep.all(deps);
  return deps.jobs.asked;
};
const rescore = async (markedAt: Date) =>
  world.arrange('INSERT INTO rescore (workspace_id, account_id, from_day, marked_at) VALUES ($1, $2, $3, $4)', [
    workspaceId,
    await anAccount(world.arrange, workspaceId),
    '2026-11-21',
    markedAt,
  ]);

test('a workspace with nothing owed is left alone', async () => {
  expect(await swept()).toEqual([]);
});

test('usage that waits longer than five seconds is scored', async () => {
  await rescore(new Date(NOW.getTime() - 4_000));
  expect(await swept()).toEqual([]);
  await rescore(new Date(NOW.getTime() - 6_000));
  expect(await swept()).toEqual([{ name: 'score.changed', payload: { workspaceId } }]);
});

test.each([
  ['UTC', null, '2026-11-20', true],
  ['UTC', null, '2026-11-21', false],
  ['UTC', null, null, true],
  ['Pacific/Auckland', null, '2026-11-21', false], // 22:00 on the 22nd there
  ['America/Los_Angeles', null, '2026-11-21', false], // 01:00 on the 22nd there
  ['Pacific/Honolulu', null, '2026-11-20', false], // 23:00 on the 21st: that day is not over
  ['UTC', '2011-12-09', '2011-12-08', true],
  ['UTC', '2011-12-09', '2011-12-09', false],
])('in %s, judged as on %s and closed through %s, a day is due: %s', async (timezone, pin, closed, due) => {
  await world.arrange('UPDATE workspace SET timezone = $2, as_of_pin = $3, closed_through = $4 WHERE id = $1', [workspaceId, timezone, pin, closed]);
  expect(await swept()).toEqual(due ? [{ name: 'day.close', payload: { workspaceId } }] : []);
});

test('a message that is due is sent, one that waits for its next attempt is not', async () => {
  const endpoint = await aRow(world.arrange, 'webhook_endpoint', {
    workspace_id: workspaceId,
    url: 'https://example.com',
    secret: 'whsec_c2VjcmV0',
    events: ['task.created'],
  });
  const later = new Date(NOW.getTime() + 1_000);
  await withWorkspace(deps.db, workspaceId, (tx) => owe(tx, [factOf('task.created', 'one', NOW, {})], later));
  expect(await swept()).toEqual([]);
  await world.arrange('UPDATE notification SET next_at = $2 WHERE endpoint_id = $1', [endpoint, NOW]);
  expect(await swept()).toEqual([{ name: 'notify.send', payload: { workspaceId } }]);
});

test('imports and runs that did not end are resumed', async () => {
  const importId = await aRow(world.arrange, 'import', {
    workspace_id: workspaceId,
    kind: 'usage',
    source: 's',
    file_name: 'f',
    file_path: 'p',
    mapping: {},
    state: 'running',
  });
  await aRow(world.arrange, 'import', { workspace_id: workspaceId, kind: 'usage', source: 's', file_name: 'f', file_path: 'p', mapping: {}, state: 'done' });
  const meterId = '00000000-0000-4000-8000-000000000001';
  const refill = await aRow(world.arrange, 'background_run', { workspace_id: workspaceId, kind: 'meter.refill', label: 'l', detail: { meterId } });
  const backfill = await aRow(world.arrange, 'background_run', { workspace_id: workspaceId, kind: 'score.backfill', label: 'l' });
  await aRow(world.arrange, 'background_run', { workspace_id: workspaceId, kind: 'score.all', label: 'l', state: 'failed' });
  expect((await swept()).toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'import.run', payload: { workspaceId, importId } },
    { name: 'meter.refill', payload: { workspaceId, runId: refill, meterId } },
    { name: 'score.backfill', payload: { workspaceId, runId: backfill } },
  ]);
});

test('snoozed alerts wake on their day, and a digest left untold is told', async () => {
  const account_id = await anAccount(world.arrange, workspaceId);
  const rule = () => aRow(world.arrange, 'alert_rule', { workspace_id: workspaceId, name: 'r', kind: 'health_below', config: {} });
  const alert = async (more: Record<string, unknown>) =>
    aRow(world.arrange, 'alert', {
      workspace_id: workspaceId,
      rule_id: await rule(),
      account_id,
      opened_on: '2026-11-20',
      opened_at: NOW,
      sentence: 'Health is low',
      evidence: { rule: { kind: 'health_below', severity: 'high', threshold: 50 }, after: { health: 10, segment: 'steady' } },
      ...more,
    });
  const due = await alert({ state: 'snoozed', snoozed_until: '2026-11-22' });
  const asleep = await alert({ state: 'snoozed', snoozed_until: '2026-11-23' });
  const untold = await alert({ digest: true });
  await swept();
  const rows = await world.arrange('SELECT id, state, digest_task_id IS NOT NULL AS told FROM alert WHERE workspace_id = $1', [workspaceId]);
  expect(rows).toHaveLength(3);
  expect(rows).toEqual(
    expect.arrayContaining([
      { id: due, state: 'open', told: false },
      { id: asleep, state: 'snoozed', told: false },
      { id: untold, state: 'open', told: true },
    ]),
  );
});

test('a workspace that fails does not keep the others from being looked at', async () => {
  await world.arrange('UPDATE workspace SET timezone = $2 WHERE id = $1', [workspaceId, 'Nowhere/Land']);
  const other = await aWorkspace(world.arrange, { closed_through: '2026-11-01' });
  expect(await swept()).toEqual([{ name: 'day.close', payload: { workspaceId: other } }]);
  expect(deps.logged).toMatchObject([{ level: 'error', fields: { workspaceId } }]);
});
