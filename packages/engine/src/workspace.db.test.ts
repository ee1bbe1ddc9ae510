import { day } from '@tideline/domain/calendar';
import { anAccount, aRow, openWorld } from '@tideline/testkit/build';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as auditLog from './audit.ts';
import { testDeps } from './deps.fixture.ts';
import { aPerson, aSlug, type Person } from './people.fixture.ts';
import * as workspace from './workspace.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
afterAll(() => deps.close());

let admin: Person;
beforeEach(async () => {
  admin = await aPerson(world, await aSlug(world), 'ADMIN');
  deps.jobs.asked.length = 0;
});
const change = (wanted: Parameters<typeof workspace.change>[2]) => workspace.change(deps, admin, wanted);

describe('settings', () => {
  test('change only what is named, and log what differs', async () => {
    const after = await change({ nrrTarget: '1.15', csmScope: 'all' });
    expect(after).toMatchObject({ nrrTarget: '1.15', csmScope: 'all', unknownAccounts: 'create' });
    expect((await auditLog.page(deps, admin, { limit: 10 })).items).toMatchObject([
      { action: 'workspace.change', before: { nrrTarget: '1.2' }, after: { nrrTarget: '1.15' } },
    ]);
  });

  test('an as-of day that moves wakes the day close; one that stays does not', async () => {
    await change({ asOfPin: day('2026-11-01') });
    expect(deps.jobs.asked).toEqual([{ name: 'day.close', payload: { workspaceId: admin.workspaceId } }]);
    await change({ asOfPin: day('2026-11-01'), name: 'Renamed' });
    expect(deps.jobs.asked).toHaveLength(1);
    expect(await change({ asOfPin: null })).toMatchObject({ asOfPin: null });
    expect(deps.jobs.asked).toHaveLength(2);
  });

  test('the as-of day is not later than today in the workspace’s zone', async () => {
    await change({ timezone: 'Pacific/Kiritimati' });
    deps.clock.now = new Date('2026-11-22T11:00:00Z'); // there already the 23rd
    expect(await change({ asOfPin: day('2026-11-23') })).toMatchObject({ asOfPin: '2026-11-23' });
    await expect(change({ asOfPin: day('2026-11-24') })).rejects.toMatchObject({ code: 'rule-violated' });
  });

  test('an as-of day that moves back has history judged anew as on it', async () => {
    await world.arrange(`UPDATE workspace SET closed_through = '2026-11-21' WHERE id = $1`, [admin.workspaceId]);
    const older = await aRow(world.arrange, 'background_run', { workspace_id: admin.workspaceId, kind: 'score.backfill', label: 'Judging up to now' });
    await change({ asOfPin: day('2026-06-30') });
    const [run] = await world.arrange('SELECT id, kind, state, label FROM background_run WHERE workspace_id = $1 AND NOT cancel_requested', [
      admin.workspaceId,
    ]);
    expect(run?.id).not.toBe(older);
    expect(run).toMatchObject({ kind: 'score.backfill', state: 'running', label: 'Judging history as on 2026-06-30' });
    expect(deps.jobs.asked).toEqual([{ name: 'score.backfill', payload: { workspaceId: admin.workspaceId, runId: run?.id } }]);
    await change({ asOfPin: day('2026-06-30'), name: 'Renamed' });
    expect(deps.jobs.asked).toHaveLength(1);
  });

  test('it does not go back behind a day that opened an alert, and may be given up', async () => {
    const { workspaceId } = admin;
    await world.arrange(`UPDATE workspace SET closed_through = '2026-11-10', as_of_pin = '2026-11-10' WHERE id = $1`, [workspaceId]);
    const rule = await aRow(world.arrange, 'alert_rule', { workspace_id: workspaceId, name: 'Low', kind: 'health_below', config: '{}' });
    await aRow(world.arrange, 'alert', {
      workspace_id: workspaceId,
      rule_id: rule,
      account_id: await anAccount(world.arrange, workspaceId),
      opened_on: '2026-11-05',
      opened_at: '2026-11-06T01:00:00Z',
      sentence: 'Health fell',
      evidence: '{}',
    });
    await expect(change({ asOfPin: day('2026-11-04') })).rejects.toMatchObject({ code: 'rule-violated' });
    // closed live, but nobody was told anything of the days after it
    expect(await change({ asOfPin: day('2026-11-05') })).toMatchObject({ asOfPin: '2026-11-05' });
    expect(await change({ asOfPin: null })).toMatchObject({ asOfPin: null });
  });

  test('zone and currency stay once figures stand on them', async () => {
    const meterId = crypto.randomUUID();
    await world.arrange(`INSERT INTO meter (workspace_id, id, key, name, unit) VALUES ($1, $2, 'calls', 'Calls', 'calls')`, [admin.workspaceId, meterId]);
    await world.arrange(`INSERT INTO price (workspace_id, meter_id, currency, plan, effective_from) VALUES ($1, $2, 'USD', '{}', '2026-01-01')`, [
      admin.workspaceId,
      meterId,
    ]);
    const versionId = crypto.randomUUID();
    await world.arrange(
      `INSERT INTO meter_version (workspace_id, id, meter_id, version, event_name, aggregation, counts_activity) VALUES ($1, $2, $3, 1, 'call', 'COUNT', true)`,
      [admin.workspaceId, versionId, meterId],
    );
    const accountId = await anAccount(world.arrange, admin.workspaceId);
    await world.arrange(
      `INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
       VALUES ($1, $2, $3, '2026-11-01', 1, 1, '2026-11-01T10:00:00Z', '\\x00')`,
      [admin.workspaceId, accountId, versionId],
    );
    await expect(change({ currency: 'EUR' })).rejects.toMatchObject({ code: 'rule-violated' });
    await expect(change({ timezone: 'Asia/Tokyo' })).rejects.toMatchObject({ code: 'rule-violated' });
    expect(await change({ currency: 'USD', timezone: 'UTC', name: 'Same' })).toMatchObject({ name: 'Same' });
  });
});

describe('the audit log', () => {
  test('is read page by page without losing what happened within a millisecond', async () => {
    const at = Array.from({ length: 25 }, (_, i) => `2026-11-20T10:00:00.1234${String(i).padStart(2, '0')}Z`);
    for (const [i, when] of at.entries()) {
      await world.arrange(`INSERT INTO audit_log (workspace_id, at, actor, action, target, actor_id) VALUES ($1, $2, 'Ada', $3, 'thing', $4)`, [
        admin.workspaceId,
        when,
        `thing.${i}`,
        admin.userId,
      ]);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await auditLog.page(deps, admin, { limit: 4, ...(cursor ? { cursor } : {}) });
      seen.push(...items.map((row) => row.action));
      cursor = next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(at.map((_, i) => `thing.${24 - i}`));
  });

  test('is narrowed by person, thing and days of the workspace’s zone', async () => {
    await change({ timezone: 'Asia/Tokyo' });
    await world.arrange(
      `INSERT INTO audit_log (workspace_id, at, actor, action, target) VALUES ($1, '2026-10-31T15:30:00Z', 'system', 'thing.made', 'thing')`,
      [admin.workspaceId],
    );
    const page = async (query: Partial<Parameters<typeof auditLog.page>[2]>) =>
      (await auditLog.page(deps, admin, { limit: 50, ...query })).items.map((row) => row.action);
    expect(await page({ from: day('2026-11-01'), to: day('2026-11-01') })).toEqual(['thing.made']);
    expect(await page({ to: day('2026-10-31') })).toEqual([]);
    expect(await page({ actor: admin.userId })).toEqual(['workspace.change']);
    expect(await page({ target: 'thing' })).toEqual(['thing.made']);
    expect(await auditLog.choices(deps, admin)).toEqual({ actors: [{ id: admin.userId, name: 'Ada' }], targets: ['thing', 'workspace'] });
    await expect(page({ cursor: 'made up' })).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
