import { addDays, day, type Day } from '@tideline/domain/calendar';
import { openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voidEvents } from './correction.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { ingestWorld, type IngestWorld } from './ingest.fixture.ts';
import * as meter from './meter.ts';
import { refillMeter } from './refill.ts';
import { keepRetention, makeMonthsAhead } from './retention.ts';
import { verifyUsage } from './verify.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  await world.arrange('DELETE FROM workspace');
});
afterAll(() => deps.close());

const TODAY = day('2026-11-22');
const call = (id: string, at: Day, value: number) => ({
  id,
  account: 'acme',
  event: 'call',
  value,
  timestamp: `${at}T10:00:00Z`,
  properties: { user: id, kind: 'sale' },
});
const send = (own: IngestWorld, events: object[], historical = true) => accept(deps, own.who, events, { historical, receivedAt: deps.now() });
const keep = async (own: IngestWorld, days: number | null) => {
  await world.arrange('UPDATE workspace SET retention_days = $2 WHERE id = $1', [own.who.workspaceId, days]);
  return keepRetention(deps, own.who.workspaceId);
};
const months = async () =>
  (await world.arrange(`SELECT relname FROM pg_class WHERE relname ~ '^event_\\d{6}$' ORDER BY 1`)).map(({ relname }) => String(relname));
const stored = async (own: IngestWorld) => (await world.arrange('SELECT count(*)::int AS n FROM event WHERE workspace_id = $1', [own.who.workspaceId]))[0]?.n;

test('a month goes when all have let it go; what another keeps stays, figures and identities stay', async () => {
  const [short, long] = [await ingestWorld(world, deps), await ingestWorld(world, deps)];
  const old = ['2026-02-10', '2026-05-10', '2026-09-10'].map((at) => day(at));
  for (const own of [short, long]) await send(own, [...old.map((at, i) => call(`e${i}`, at, i + 1)), call('now', TODAY, 9)]);
  const before = await short.days(null);
  await send(short, [call('early', day('2026-01-15'), 5)]);

  expect(await keep(short, 90)).toBe(2); // January holds nobody else's: it goes as a whole; the rest goes one by one
  expect(await months()).not.toContain('event_202601');
  expect(await months()).toContain('event_202602');
  expect([await stored(short), await stored(long)]).toEqual([2, 4]);
  expect((await short.days(null)).filter(({ day: at }) => at !== '2026-01-15')).toEqual(before);
  expect((await verifyUsage(deps, short.who.workspaceId, () => undefined)).differences).toEqual([]);

  // A retry months later is refused by name; whether it is a duplicate no longer matters, because nothing is counted.
  expect(await send(short, [call('e0', old[0] ?? TODAY, 1)], false)).toMatchObject({ accepted: 0, rejected: [{ code: 'out-of-retention' }] });
  await expect(voidEvents(deps, short.who, { ids: ['e0'], reason: 'Late' })).rejects.toThrow(/past their retention/);
  expect(await voidEvents(deps, short.who, { ids: ['now'], reason: 'Twice' })).toMatchObject({ events: 1 });

  expect(await keep(long, 150)).toBe(0); // February and May hold nothing else now
  expect(await months()).not.toContain('event_202602');
  expect(await months()).toContain('event_202609');
  expect(await stored(long)).toBe(2);
  // Kept for ever again, an old day takes what it lacks; what it counted before, it does not count twice.
  await keep(short, null);
  expect(await send(short, [call('e0', old[0] ?? TODAY, 1), call('late', old[0] ?? TODAY, 4)], false)).toMatchObject({
    accepted: 1,
    duplicates: 1,
    rejected: [],
  });
  expect((await short.days(null)).find(({ meter: name, day: at }) => name === 'sum' && at === old[0])).toMatchObject({ quantity: '5' });
  expect((await verifyUsage(deps, short.who.workspaceId, () => undefined)).differences).toEqual([]);
  // One that was dropped is made again when a workspace that keeps everything sends to it.
  const other = await ingestWorld(world, deps);
  expect(await send(other, [call('x', day('2026-02-10'), 1)])).toMatchObject({ accepted: 1 });
});

test('a changed meter keeps the figures of days whose events are gone', async () => {
  const own = await ingestWorld(world, deps);
  const old = addDays(TODAY, -100);
  await send(own, [call('a', old, 7), call('b', addDays(TODAY, -3), 2)]);
  await keep(own, 30);
  const [{ id } = { id: '' }] = await world.arrange(`SELECT id FROM meter WHERE workspace_id = $1 AND key = 'sum'`, [own.who.workspaceId]);
  await meter.change(deps, own.who, String(id), { filter: [{ field: 'properties.kind', op: 'eq', value: 'sample' }] });
  const asked = deps.jobs.asked.findLast(({ name }) => name === 'meter.refill');
  await refillMeter(deps, asked?.payload as Parameters<typeof refillMeter>[1]);
  const now = await world.arrange(
    `SELECT d.day::text, d.quantity::text FROM daily_usage d JOIN meter_version v ON v.id = d.meter_version_id AND v.state = 'current' WHERE d.workspace_id = $1 AND v.meter_id = $2`,
    [own.who.workspaceId, id],
  );
  expect(now).toEqual([{ day: old, quantity: '7' }]);
  expect((await verifyUsage(deps, own.who.workspaceId, () => undefined)).differences).toEqual([]);
});

test('the months ahead are there, each guarded, also when it is asked for by name', async () => {
  await makeMonthsAhead(deps);
  expect(await months()).toEqual(expect.arrayContaining(['event_202611', 'event_202612', 'event_202701']));
  const open = await world.arrange(
    `SELECT relname FROM pg_class WHERE relname ~ '^event_\\d{6}$' AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid))`,
  );
  expect(open).toEqual([]);
});
