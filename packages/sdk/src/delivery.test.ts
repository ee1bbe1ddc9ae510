import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, type Fate } from './world.fixture.ts';

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fate>('ok') },
  fc.constantFrom<Fate>('unreachable', 'lost', 'hangs', 'page', 500, 503, 429, 408, 413, 400, 401, { status: 503, retryAfter: '3' }),
);
type Step = { track: number } | { pass: number } | { flush: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ track: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ pass: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({ flush: fc.integer({ min: 0, max: 5_000 }) }),
);

/** Whatever fails in whatever order: every event is acknowledged and stored once, or told as dropped; nothing is both. */
test('every event is accounted for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 40 }),
      fc.array(step, { maxLength: 25 }),
      fc.record({
        maxBatchEvents: fc.integer({ min: 1, max: 8 }),
        maxInFlight: fc.integer({ min: 1, max: 3 }),
        maxQueuedEvents: fc.integer({ min: 5, max: 60 }),
      }),
      fc.boolean(),
      async (fates, steps, limits, inTime) => {
        const world = createWorld({ ...limits, giveUpAfterMs: 40_000 });
        const { tideline, clock, stored, storedTimes, reports, results } = world;
        world.fates.push(...fates);
        const tracked: string[] = [];
        for (const one of steps) {
          if ('track' in one)
            for (let i = 0; i < one.track; i++) tracked.push(tideline.track({ account: tracked.length % 9 === 8 ? 'unknown' : 'acme', event: 'api.call' }));
          if ('flush' in one) void tideline.flush({ timeoutMs: one.flush });
          await clock.pass('pass' in one ? one.pass : 0);
        }
        const closed = tideline.close({ timeoutMs: inTime ? 1e9 : 2_000 });
        await clock.pass(2e9);
        await closed;

        const acknowledged = results.flatMap((result) => result.acknowledged);
        const told = reports.filter(({ code }) => code !== 'retrying' && code !== 'conflict' && code !== 'queue-full');
        const dropped = told.flatMap(({ events }) => events.map(({ id }) => id));
        const known = [...acknowledged, ...dropped];
        expect(new Set(known).size).toBe(known.length);
        for (const id of acknowledged) expect(stored.has(id)).toBe(true);
        expect([...storedTimes.values()].every((times) => times === 1)).toBe(true);
        expect([...stored.keys()].every((id) => tracked.includes(id))).toBe(true);
        const overflow = tracked.filter((id) => !known.includes(id));
        for (const id of overflow) expect(stored.has(id)).toBe(false);
        expect(overflow.length > 0).toBe(reports.some(({ code }) => code === 'queue-full'));
        expect(tideline.stats()).toMatchObject({
          tracked: tracked.length,
          acknowledged: acknowledged.length,
          dropped: dropped.length + overflow.length,
          waiting: 0,
          waitingBytes: 0,
        });
        expect(world.gauge).toMatchObject({ open: 0 });
        expect(world.gauge.most).toBeLessThanOrEqual(limits.maxInFlight);
        expect(clock.waiting()).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
