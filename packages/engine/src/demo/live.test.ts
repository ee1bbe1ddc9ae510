import { addDays, dayOf, daysFromTo, type Day } from '@tideline/domain/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountsOf, businesses, eventsOn } from './business.ts';
import { openTraffic } from './live.ts';
import type { Stage } from './stage.ts';

const anchor = '2026-10-29' as Day;
const business = { ...businesses[0], slug: 'small', accounts: 12, months: 6 };
const stage: Stage = { business, workspaceId: '', anchor, last: anchor, asOfPin: null, closedThrough: anchor };
const accounts = accountsOf(business, anchor);
const zoned = (timestamp: string) => dayOf(new Date(timestamp), business.timezone);
const START = Date.parse('2026-10-30T16:00:00Z'); // the clocks change in New York on November 1

test('however often the clock is looked at, each event is sent once, in order, and nothing of a day waits when it is over', () => {
  const looks = fc.array(fc.integer({ min: 0, max: 20 * 3_600_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(looks, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 24 * 3_600_000 }), (pauses, steps, offset) => {
      const start = new Date(START + offset);
      const { total, next } = openTraffic(stage, start, steps);
      let now = start;
      const sent: string[] = [];
      for (const pause of pauses) {
        now = new Date(now.getTime() + pause);
        const { events, dawn } = next(now);
        sent.push(...events.map(({ timestamp, id }) => `${timestamp} ${id}`));
        const due = (before: (timestamp: string) => boolean) =>
          daysFromTo(zoned(start.toISOString()), zoned(now.toISOString()))
            .flatMap((at) => eventsOn(business, accounts, at, anchor))
            .filter(({ timestamp }) => before(timestamp)).length;
        expect(sent.length).toBeLessThanOrEqual(due((timestamp) => Date.parse(timestamp) <= now.getTime()));
        if (dawn) expect(sent.length).toBe(due((timestamp) => Date.parse(timestamp) <= now.getTime()));
      }
      expect(new Set(sent).size).toBe(sent.length);
      expect(sent).toEqual(sent.toSorted());
      expect(sent.length).toBeGreaterThanOrEqual(Math.min(total, pauses.length));
    }),
    { numRuns: 40 },
  );
});

test('from noon to the next noon everything of both days until then is sent', () => {
  const { next } = openTraffic(stage, new Date(START), 4);
  const hours = Array.from({ length: 25 }, (_, hour) => next(new Date(START + hour * 3_600_000)));
  const end = START + 24 * 3_600_000;
  const all = [anchor, addDays(anchor, 1), addDays(anchor, 2)]
    .slice(1)
    .flatMap((at) => eventsOn(business, accounts, at, anchor))
    .filter(({ timestamp }) => Date.parse(timestamp) <= end);
  expect(hours.flatMap(({ events }) => events.map(({ id }) => id)).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  expect(hours.flatMap(({ dawn }) => dawn ?? [])).toEqual(['2026-10-31']);
  expect(hours.filter(({ caughtUp }) => caughtUp)).toHaveLength(1);
});
