import { decimal } from '@tideline/domain/money';
import { openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { type IngestWorld, ingestWorld, type Sent } from './ingest.fixture.ts';
import { previewMeter } from './meter-preview.ts';
import * as meter from './meter.ts';
import { refillMeter } from './refill.ts';
import { uncountedEvents } from './uncounted.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const NOW = new Date('2026-11-22T09:00:00Z');
const send = (own: IngestWorld, events: readonly Omit<Sent, 'id'>[]) =>
  accept(
    own.deps,
    own.who,
    events.map((event, i) => ({ ...event, id: `e-${i}` })),
    { historical: true, receivedAt: NOW },
  );
const hour = (n: number): string => new Date(Date.parse('2026-11-21T20:00:00Z') - n * 3_600_000).toISOString();
const event = fc.record({
  account: fc.constantFrom('acme', 'globex', 'initech', 'umbrella'),
  event: fc.constantFrom('run', 'run', 'call'),
  timestamp: fc.integer({ min: 0, max: 100 * 24 }).map(hour),
  value: fc.oneof(fc.integer({ min: -5, max: 900 }), fc.constantFrom('0.125', '12345678901.5')),
  properties: fc.record({ user: fc.constantFrom('ann', 'bob', ''), kind: fc.constantFrom('sale', 'sample') }),
});
const definition = fc.record({
  aggregation: fc.constantFrom('SUM' as const, 'COUNT' as const, 'UNIQUE' as const, 'MAX' as const, 'LAST' as const),
  filter: fc.constantFrom(0, 1).map((n) => [{ field: 'properties.kind', op: 'eq' as const, value: 'sale' }].slice(n)),
  countsActivity: fc.boolean(),
});

test('a preview is what a refill then counts, also read in short pages', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 120 }), definition, async (events, given) => {
      const own = await ingestWorld(world, deps);
      await send(own, events);
      const meant = { ...given, eventName: 'run', valueField: given.aggregation === 'UNIQUE' ? 'user' : null };
      const shown = await previewMeter(deps, own.who, meant, { size: 7, timeMs: 60_000 });
      expect(await previewMeter(deps, own.who, meant)).toEqual(shown);
      expect(shown.looked.accounts).toBe(shown.looked.of);
      const made = await meter.create(deps, own.who, { ...meant, key: 'made', name: 'Made', unit: 'runs' });
      const { payload } = own.deps.jobs.asked.findLast(({ name }) => name === 'meter.refill') ?? {};
      await refillMeter(deps, payload as Parameters<typeof refillMeter>[1]);
      const rows = (await own.days(null)).filter((row) => row.meter === 'made' && row.day >= shown.from && row.day <= shown.to);
      for (const { day, quantity } of shown.days) {
        const counted = rows.filter((row) => row.day === day).reduce((sum, row) => sum.plus(row.quantity), decimal(0));
        expect([day, quantity]).toEqual([day, counted.toFixed()]);
      }
      expect(shown.activeDays).toBe(rows.filter(({ active }) => active > 0).length);
      const after = await previewMeter(deps, own.who, { ...meant, meterId: made.id });
      expect(after.days.map(({ present }) => present)).toEqual(shown.days.map(({ quantity }) => quantity));
      expect(after.presentTotal).toBe(shown.total);
    }),
    { numRuns: 12 },
  );
});

test('where time runs out whole accounts were counted, and the present figures are of the same', async () => {
  const own = await ingestWorld(world, deps);
  const accounts = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];
  await send(
    own,
    Array.from({ length: 100 }, (_, i) => ({
      account: accounts[i % 5] ?? '',
      event: 'call',
      timestamp: hour(i),
      value: 1,
      properties: { user: 'ann', kind: 'sale' },
    })),
  );
  const [count] = (await meter.list(deps, own.who)).filter(({ key }) => key === 'count');
  const cut = await previewMeter(deps, own.who, { eventName: 'call', aggregation: 'COUNT', meterId: count?.id }, { size: 50, timeMs: -1 });
  expect(cut).toMatchObject({ looked: { accounts: 2, of: 5 }, total: '40', presentTotal: '40', accounts: 2, events: 40, counted: 40 });
  await expect(previewMeter(deps, own.who, { eventName: 'call', aggregation: 'UNIQUE' })).rejects.toMatchObject({ code: 'rule-violated' });
});

test('names that nothing counts are found with how to measure them, and figures that cannot be read', async () => {
  const own = await ingestWorld(world, deps);
  await world.arrange(
    `UPDATE meter_version SET filter = '[{"field":"properties.kind","op":"eq","value":"never"}]' WHERE workspace_id = $1 AND event_name = 'disk'`,
    [own.who.workspaceId],
  );
  const properties = { user: 'ann', kind: 'sale' };
  const of = (name: string, count: number, more: object = {}) =>
    Array.from({ length: count }, (_, i) => ({ account: i % 2 ? 'acme' : 'globex', event: name, timestamp: hour(i), value: i + 1, properties, ...more }));
  await send(own, [
    ...of('call', 5),
    ...of('call', 2, { value: undefined, properties: { user: ['ann'], kind: 'sale' } }),
    ...of('disk', 3),
    ...of('job.finished', 6, { value: undefined, properties: { seconds: 12, plan: 'pro' } }),
    ...of('ancient', 2, { timestamp: '2026-01-01T00:00:00Z' }),
  ] as Omit<Sent, 'id'>[]);
  const found = await uncountedEvents(deps, own.who);
  expect(found).toMatchObject({ events: 16, whole: true });
  expect(found.items).toEqual([
    expect.objectContaining({
      name: 'job.finished',
      count: 6,
      accounts: 2,
      why: 'unmetered',
      valueShare: 0,
      lastAt: hour(0),
      firstAt: hour(5),
      suggestion: { aggregation: 'SUM', valueField: 'seconds' },
      properties: [
        expect.objectContaining({ name: 'plan', type: 'text', example: 'pro' }),
        expect.objectContaining({ name: 'seconds', type: 'number', share: 1 }),
      ],
    }),
    expect.objectContaining({ name: 'disk', why: 'filtered', meters: [expect.objectContaining({ name: 'last' })] }),
  ]);
  expect(Object.fromEntries(found.meters.map(({ name, looked, absent, unreadable, sample }) => [name, [looked, absent, unreadable, sample.held]]))).toEqual({
    sum: [7, 2, 0, null],
    max: [7, 2, 0, null],
    unique: [7, 0, 2, '["ann"]'],
  });
});

test('many events are looked at as a sample over all of the time', async () => {
  const own = await ingestWorld(world, deps);
  await send(own, [{ account: 'acme', event: 'call', timestamp: hour(0), value: 1, properties: { user: 'ann', kind: 'sale' } }]);
  await world.arrange(
    `INSERT INTO event (workspace_id, time, key, day, account_id, name, received_at, known_at)
     SELECT a.workspace_id, t, decode(md5(t::text || n), 'hex'), t::date, a.id, 'burst', t, t
     FROM account a, generate_series(1, 2000) n, LATERAL (SELECT timestamptz '2026-11-20 10:00Z' + n * interval '1 ms' AS t) x WHERE a.workspace_id = $1`,
    [own.who.workspaceId],
  );
  const found = await uncountedEvents(deps, own.who);
  expect(found).toMatchObject({ whole: false, events: 251 });
  expect(found.items).toMatchObject([{ name: 'burst', count: 250 }]);
});
