import { addDays, day, dayOf } from '@tideline/domain/calendar';
import { openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { list, replaceEvent, voidEvents } from './correction.ts';
import { preview, runCorrection, undo, voidRange } from './correction-run.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { ingestWorld, type IngestWorld, type Sent, slowDays, ZONE } from './ingest.fixture.ts';
import { verifyUsage } from './verify.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const START = day('2026-03-26'); // London's clocks change on the 29th
const event = fc.record({
  id: fc.integer({ min: 1, max: 60 }).map((n) => `e-${n}`),
  account: fc.constantFrom('acme', 'globex', 'initech'),
  event: fc.constantFrom('call', 'call', 'disk'),
  timestamp: fc.integer({ min: 0, max: 6 * 24 * 4 }).map((quarters) => new Date(Date.parse(`${START}T00:00:00Z`) + quarters * 900_000).toISOString()),
  value: fc.oneof(fc.integer({ min: -50, max: 200 }), fc.constantFrom('0.1', '2.50', '-0.7', '12345678901234567890.5')),
  properties: fc.record({ user: fc.constantFrom('ann', 'bob', 'cy'), kind: fc.constantFrom('sale', 'sample') }),
});
const batch = fc.array(event, { minLength: 1, maxLength: 20 });
type Step = { send: Sent[] } | { void: string[] } | { replace: Sent };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: batch.map((send) => ({ send })) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }).map((ids) => ({ void: ids.map((n) => `e-${n}`) })) },
  { weight: 1, arbitrary: event.map((replace) => ({ replace })) },
);

const at = (own: IngestWorld, text: string) => {
  own.deps.clock.now = new Date(text);
  return own;
};
const take = (own: IngestWorld, steps: Step): Promise<unknown> => {
  if ('send' in steps) return accept(own.deps, own.who, steps.send, { historical: false, receivedAt: own.deps.now() });
  if ('void' in steps) return voidEvents(own.deps, own.who, { ids: steps.void, reason: 'Test' });
  // Of an id nobody sent yet, or that was taken back, there is nothing to replace.
  return replaceEvent(own.deps, own.who, { event: steps.replace, reason: 'Test' }).catch((error: { code?: string }) => {
    if (error.code !== 'not-found' && error.code !== 'rule-violated') throw error;
  });
};
const expectExact = async (own: IngestWorld): Promise<void> => {
  own.facts = await own.storedFacts();
  expect(await own.days(null)).toEqual(slowDays(own, null));
  expect((await verifyUsage(own.deps, own.who.workspaceId, () => undefined)).differences).toEqual([]);
};

test('sixteen clients at once, with overlaps, conflicts, late, replaced and voided events: each fact in force counts once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 16, maxLength: 16 }), async (clients) => {
      const own = at(await ingestWorld(world, deps), `${addDays(START, 5)}T12:00:00Z`);
      await Promise.all(
        clients.map(async (steps) => {
          for (const one of steps) await take(own, one);
        }),
      );
      await expectExact(own);
      // Every id that was ever sent is in force or was taken back: nothing was lost, and nothing stands twice.
      const sent = new Set(clients.flat().flatMap((one) => ('send' in one ? one.send.map(({ id }) => id) : [])));
      const [keys] = await world.arrange(
        `SELECT (SELECT count(*)::int FROM event_key WHERE workspace_id = $1) AS known, (SELECT count(*)::int FROM event WHERE workspace_id = $1) AS stored,
           (SELECT count(DISTINCT key)::int FROM voided_event v WHERE workspace_id = $1 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.workspace_id = $1 AND e.key = v.key)) AS gone`,
        [own.who.workspaceId],
      );
      expect(keys?.known).toBe(sent.size);
      expect(Number(keys?.stored) + Number(keys?.gone)).toBe(sent.size);
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 180_000);

test('what was known before a correction stays as it was known', async () => {
  await fc.assert(
    fc.asyncProperty(batch, fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }), async (sent, ids) => {
      const own = at(await ingestWorld(world, deps), `${addDays(START, 6)}T12:00:00Z`);
      await take(own, { send: sent });
      const before = await own.days(null);
      at(own, `${addDays(START, 9)}T12:00:00Z`);
      const { correctionId } = await voidEvents(own.deps, own.who, { ids: ids.map((n) => `e-${n}`), reason: 'Test' });
      await expectExact(own);
      expect(await own.days(addDays(START, 8))).toEqual(before);
      // Undone, all is as it was, and that it was otherwise for a while is known too.
      const without = await own.days(null);
      at(own, `${addDays(START, 12)}T12:00:00Z`);
      const begun = await undo(own.deps, own.who, correctionId);
      await runCorrection(own.deps, { workspaceId: own.who.workspaceId, ...begun, undo: correctionId });
      await expectExact(own);
      expect(await own.days(null)).toEqual(before);
      expect(await own.days(addDays(START, 10))).toEqual(without);
      expect(await own.days(addDays(START, 8))).toEqual(before);
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 120_000);

describe('a correction', () => {
  const call = (id: string, value: number, hour: number): Sent => ({
    id,
    account: 'acme',
    event: 'call',
    value,
    timestamp: `${START}T${String(hour).padStart(2, '0')}:00:00Z`,
    properties: { user: 'ann', kind: 'sale' },
  });
  const filled = async (): Promise<IngestWorld> => {
    const own = at(await ingestWorld(world, deps), `${START}T23:00:00Z`);
    await take(own, { send: [call('a', 1, 8), call('b', 20, 9), call('c', 300, 10)] });
    return own;
  };
  const sum = async (own: IngestWorld) => (await own.days(null)).find(({ meter }) => meter === 'sum')?.quantity ?? null;

  test('of the latest of two equal levels leaves the earlier as the latest: what comes between them in time counts', async () => {
    const own = at(await ingestWorld(world, deps), `${START}T23:00:00Z`);
    const level = (id: string, value: number, hour: number): Sent => ({ ...call(id, value, hour), event: 'disk' });
    await take(own, { send: [level('a', -1, 8), level('b', -1, 20)] });
    await take(own, { void: ['b'] });
    await take(own, { send: [level('c', 140, 16)] });
    expect((await own.days(null)).find(({ meter }) => meter === 'last')?.quantity).toBe('140');
    await expectExact(own);
  });

  test('by id says what it did; the id stays taken, so a retry does not bring the event back', async () => {
    const own = await filled();
    expect(await voidEvents(own.deps, own.who, { ids: ['b', 'nobody'], reason: 'Sent twice' })).toMatchObject({ events: 1, accounts: 1, notFound: ['nobody'] });
    expect(await sum(own)).toBe('301');
    expect(await accept(own.deps, own.who, [call('b', 20, 9)], { historical: false, receivedAt: own.deps.now() })).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    const [rescored] = await world.arrange('SELECT from_day::text FROM rescore WHERE workspace_id = $1', [own.who.workspaceId]);
    expect(rescored).toEqual({ from_day: START });
    expect(await list(own.deps, own.who)).toMatchObject([{ kind: 'void', reason: 'Sent twice', events: 1, undoneAt: null }]);
    const [logged] = await world.arrange(`SELECT action, actor FROM audit_log WHERE workspace_id = $1`, [own.who.workspaceId]);
    expect(logged).toEqual({ action: 'event.void', actor: 'test' });
  });

  test('leaves nothing behind that a smaller largest value could not undercut', async () => {
    const own = await filled();
    await voidEvents(own.deps, own.who, { ids: ['a', 'b', 'c'], reason: 'Test' });
    await take(own, { send: [call('d', -5, 11)] });
    await expectExact(own);
  });

  test('by replacement may move the event to another day and account, and back when it is undone', async () => {
    const own = await filled();
    const wanted = { ...call('b', 50, 9), account: 'globex', timestamp: `${addDays(START, -3)}T09:00:00Z` };
    const { correctionId } = await replaceEvent(own.deps, own.who, { event: wanted, reason: 'Wrong account' });
    await expectExact(own);
    const sums = async () => (await own.days(null)).filter(({ meter }) => meter === 'sum').map(({ account, quantity }) => `${account} ${quantity}`);
    expect(await sums()).toEqual(['acme 301', 'globex 50']);
    expect(await accept(own.deps, own.who, [wanted], { historical: false, receivedAt: own.deps.now() })).toMatchObject({ duplicates: 1 });
    const begun = await undo(own.deps, own.who, correctionId);
    await runCorrection(own.deps, { workspaceId: own.who.workspaceId, ...begun, undo: correctionId });
    await expectExact(own);
    expect(await sums()).toEqual(['acme 321']);
    await expect(undo(own.deps, own.who, correctionId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('of a range is previewed, and takes exactly what was previewed', async () => {
    const own = await filled();
    const filter = {
      from: `${START}T08:30:00Z`,
      until: `${START}T10:00:00Z`,
      account: 'acme',
      event: null,
      conditions: [{ field: 'properties.user', op: 'eq' as const, value: 'ann' }],
    };
    expect(await preview(own.deps, own.who, filter)).toMatchObject({ events: 1, accounts: 1, days: 1, whole: true, sample: [{ event: 'call', value: '20' }] });
    expect(await sum(own)).toBe('321');
    const begun = await voidRange(own.deps, own.who, { filter, reason: 'Test traffic' });
    await runCorrection(own.deps, { workspaceId: own.who.workspaceId, ...begun, undo: null });
    await runCorrection(own.deps, { workspaceId: own.who.workspaceId, ...begun, undo: null }); // as after a crash
    await expectExact(own);
    expect(await sum(own)).toBe('301');
    const [run] = await world.arrange('SELECT state, done FROM background_run WHERE workspace_id = $1', [own.who.workspaceId]);
    expect(run).toEqual({ state: 'done', done: 1 });
    await expect(preview(own.deps, own.who, { ...filter, account: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that needs events past their retention is refused and says so', async () => {
    const own = await filled();
    await world.arrange(`UPDATE workspace SET raw_from = $2 WHERE id = $1`, [own.who.workspaceId, addDays(START, 1)]);
    await expect(voidEvents(own.deps, own.who, { ids: ['a'], reason: 'Late' })).rejects.toThrow(/past their retention/);
    await expect(
      preview(own.deps, own.who, { from: `${START}T00:00:00Z`, until: `${START}T10:00:00Z`, account: null, event: null, conditions: [] }),
    ).rejects.toThrow(/past their retention/);
    expect(dayOf(own.deps.now(), ZONE)).toBe(START);
    expect(await sum(own)).toBe('321');
  });
});
