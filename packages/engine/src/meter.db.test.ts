import { meteringOf } from '@tideline/db/read/metering';
import type { Place } from '@tideline/db/read/raw-fact';
import { type Compared, compareStretch } from '@tideline/db/read/recount';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { restateStretch } from '@tideline/db/write/restate';
import { openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { type IngestWorld, ingestWorld, type Sent, slowDays, slowOutcome } from './ingest.fixture.ts';
import * as meter from './meter.ts';
import * as milestone from './milestone.ts';
import { refillMeter } from './refill.ts';
import { verifyUsage } from './verify.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const NOW = new Date('2026-11-22T09:00:00Z');
const send = async (own: IngestWorld, count: number, from = 0): Promise<void> => {
  const events: Sent[] = Array.from({ length: count }, (_, i) => ({
    id: `e-${from + i}`,
    account: ['acme', 'globex', 'initech'][i % 3] ?? '',
    event: i % 4 === 3 ? 'disk' : 'call',
    timestamp: new Date(Date.parse('2026-11-01T00:00:00Z') + (from + i) * 5_000_000).toISOString(),
    value: (i * 7) % 23,
    properties: { user: ['ann', 'bob'][i % 2] ?? '', kind: i % 5 ? 'sale' : 'sample' },
  }));
  slowOutcome(own.facts, events, true, NOW);
  await accept(own.deps, own.who, events, { historical: true, receivedAt: NOW });
};
const lastRun = (own: IngestWorld) => {
  const { payload } = own.deps.jobs.asked.findLast(({ name }) => name === 'meter.refill') ?? {};
  return payload as { workspaceId: string; meterId: string; runId: string };
};
const calls = { key: 'calls', name: 'Calls', unit: 'calls', eventName: 'call', aggregation: 'COUNT' as const };

test('a meter made before the events measures at once, and the first one is the main meter', async () => {
  const own = await ingestWorld(world, deps);
  await world.arrange(`DELETE FROM meter WHERE workspace_id = $1`, [own.who.workspaceId]);
  const made = await meter.create(deps, own.who, calls);
  expect(made).toMatchObject({ key: 'calls', state: 'current', main: true, words: expect.stringContaining('Number of “call” events') as string, price: null });
  await expect(meter.create(deps, own.who, calls)).rejects.toMatchObject({ code: 'conflict' });
  await expect(meter.create(deps, own.who, { ...calls, key: 'u', aggregation: 'UNIQUE' })).rejects.toMatchObject({ code: 'rule-violated' });
  await expect(meter.archive(deps, own.who, made.id)).rejects.toMatchObject({ code: 'rule-violated' });
});

describe('a meter made or changed after the events', () => {
  test('is counted from them beside what comes in, and then takes over', async () => {
    const own = await ingestWorld(world, deps);
    await send(own, 90);
    const [sum] = (await meter.list(deps, own.who)).filter(({ key }) => key === 'sum');
    const changed = await meter.change(deps, own.who, sum?.id ?? '', { activityFilter: [] });
    expect(changed).toMatchObject({ version: 1, state: 'current', next: { version: 2 } });
    await send(own, 60, 90); // while it fills, both versions are kept
    await refillMeter(deps, lastRun(own));
    const [after] = (await meter.list(deps, own.who)).filter(({ key }) => key === 'sum');
    expect(after).toMatchObject({ version: 2, state: 'current', next: null });
    await send(own, 30, 150);
    const { differences, days } = await verifyUsage(deps, own.who.workspaceId, () => undefined);
    expect(differences).toEqual([]);
    expect(days).toBeGreaterThan(20);
    const others = (rows: { meter: string }[]) => rows.filter((row) => row.meter !== 'sum');
    expect(others(await own.days(null))).toEqual(others(slowDays(own, null)));
    const runs = await world.arrange(`SELECT state, done, total FROM background_run WHERE workspace_id = $1`, [own.who.workspaceId]);
    expect(runs).toEqual([{ state: 'done', done: 3, total: 3 }]);
    expect(await world.arrange(`SELECT 1 FROM daily_usage d JOIN meter_version v ON v.id = d.meter_version_id WHERE v.state = 'retired'`)).toEqual([]);
  });

  test('a repetition of every kind of meter counts the same', async () => {
    const own = await ingestWorld(world, deps);
    await send(own, 120);
    const before = await own.days(null);
    for (const { id, definition, key } of await meter.list(deps, own.who)) {
      await meter.change(deps, own.who, id, { eventName: 'elsewhere' });
      await refillMeter(deps, lastRun(own));
      expect((await own.days(null)).filter((row) => row.meter === key)).toEqual([]);
      await meter.change(deps, own.who, id, { eventName: definition.eventName });
      await refillMeter(deps, lastRun(own));
    }
    expect(await own.days(null)).toEqual(before);
  });

  test('gives way to a cancellation, and the version in force stays', async () => {
    const own = await ingestWorld(world, deps);
    await send(own, 30);
    const [sum] = await meter.list(deps, own.who);
    await meter.change(deps, own.who, sum?.id ?? '', { eventName: 'disk' });
    await world.arrange(`UPDATE background_run SET cancel_requested = true WHERE workspace_id = $1`, [own.who.workspaceId]);
    const before = await own.days(null);
    await refillMeter(deps, lastRun(own));
    expect(await own.days(null)).toEqual(before);
    expect(await world.arrange(`SELECT state FROM background_run WHERE workspace_id = $1`, [own.who.workspaceId])).toEqual([{ state: 'cancelled' }]);
  });
});

test('counting in short stretches is counting whole', async () => {
  const own = await ingestWorld(world, deps);
  await send(own, 100);
  const before = await own.days(null);
  const inWorkspace = <T>(fn: (tx: WorkspaceTx) => Promise<T>) => withWorkspace(deps.db, own.who.workspaceId, fn);
  const { timezone, versions } = await inWorkspace(meteringOf);
  for (const version of versions) {
    for (let after: Place | null = null, first = true; first || after; first = false)
      after = await inWorkspace((tx) => restateStretch(tx, version, timezone, after, 3));
  }
  expect(await own.days(null)).toEqual(before);
  let stretches = 0;
  for (let after: Place | null = null; stretches === 0 || after; stretches++) {
    const step: Compared = await inWorkspace((tx) => compareStretch(tx, versions, timezone, after, 7));
    expect(step.differences).toEqual([]);
    after = step.next;
  }
  expect(stretches).toBeGreaterThan(10);
});

test('verify finds a day that was tampered with, one that is missing and one too many', async () => {
  const own = await ingestWorld(world, deps);
  await send(own, 60);
  const one = `(SELECT ctid FROM daily_usage WHERE workspace_id = $1 ORDER BY account_id, meter_version_id, day LIMIT 1`;
  await world.arrange(`UPDATE daily_usage SET quantity = quantity + 1 WHERE ctid = ${one})`, [own.who.workspaceId]);
  await world.arrange(`DELETE FROM daily_usage WHERE ctid = ${one} OFFSET 3)`, [own.who.workspaceId]);
  await world.arrange(`UPDATE daily_usage SET day = day - 400 WHERE ctid = ${one} OFFSET 5)`, [own.who.workspaceId]);
  const { differences } = await verifyUsage(deps, own.who.workspaceId, () => undefined);
  expect(differences.map(({ stored, counted }) => `${stored ? 'stored' : '-'} ${counted ? 'counted' : '-'}`).toSorted()).toEqual([
    '- counted',
    '- counted',
    'stored -',
    'stored counted',
  ]);
});

test('a price has its days worked out anew, keeps its history and is in the audit log', async () => {
  const own = await ingestWorld(world, deps);
  await send(own, 60);
  await world.arrange(`DELETE FROM rescore WHERE workspace_id = $1`, [own.who.workspaceId]);
  const [sum] = await meter.list(deps, own.who);
  const id = sum?.id ?? '';
  const from = '2026-11-02' as never;
  await meter.setPrice(deps, own.who, id, { unitPrice: '0.10', effectiveFrom: '2020-01-01' as never });
  await meter.setPrice(deps, own.who, id, { unitPrice: '0.20', effectiveFrom: from });
  await meter.setPrice(deps, own.who, id, { unitPrice: '0.25', effectiveFrom: from });
  expect((await meter.listPrices(deps, own.who, id)).map(({ unitPrice, effectiveFrom }) => [unitPrice, effectiveFrom])).toEqual([
    ['0.25', '2026-11-02'],
    ['0.10', '2020-01-01'],
  ]);
  expect((await meter.list(deps, own.who))[0]?.price).toEqual({ unitPrice: '0.25', currency: 'USD', effectiveFrom: '2026-11-02' });
  expect(await world.arrange(`SELECT count(*)::int, min(from_day)::text FROM rescore WHERE workspace_id = $1`, [own.who.workspaceId])).toEqual([
    { count: 3, min: '2026-11-01' },
  ]);
  await expect(meter.setPrice(deps, own.who, id, { unitPrice: '1', currency: 'EUR', effectiveFrom: from })).rejects.toMatchObject({ code: 'rule-violated' });
  expect(await world.arrange(`SELECT action FROM audit_log WHERE workspace_id = $1`, [own.who.workspaceId])).toHaveLength(3);
});

test('one milestone ends time to first value', async () => {
  const own = await ingestWorld(world, deps);
  const [sum] = await meter.list(deps, own.who);
  const wanted = { name: 'First calls', meterId: sum?.id ?? '', threshold: '10', firstValue: true };
  const first = await milestone.create(deps, own.who, wanted);
  const second = await milestone.create(deps, own.who, { ...wanted, name: 'A hundred', threshold: '100.00' });
  expect((await milestone.list(deps, own.who)).map(({ name, firstValue, threshold }) => [name, firstValue, threshold])).toEqual([
    ['A hundred', true, '100'],
    ['First calls', false, '10'],
  ]);
  expect(await milestone.change(deps, own.who, first.id, { firstValue: true })).toMatchObject({ name: 'First calls', firstValue: true });
  await milestone.archive(deps, own.who, second.id);
  expect(await milestone.list(deps, own.who)).toHaveLength(1);
  await expect(milestone.archive(deps, own.who, second.id)).rejects.toMatchObject({ code: 'not-found' });
});
