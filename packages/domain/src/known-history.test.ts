import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KnownHistory, type LateDay } from './known-history.ts';
import { usageHistory } from './usage-history.ts';

/** A fact of a day on one of two meters that count or one that does not; taken back on a later day, perhaps. */
const fact = fc.record({
  day: fc.integer({ min: 100, max: 120 }),
  bit: fc.constantFrom(0, 1, 2),
  value: fc.integer({ min: -5, max: 20 }),
  lag: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 15 }) }),
  voidedAfter: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 10 }) }),
});
type Fact = { day: number; bit: number; value: number; lag: number; voidedAfter: number | null };

const isKnown = ({ day, lag, voidedAfter }: Fact, on: number): boolean => day + lag <= on && (voidedAfter === null || day + lag + voidedAfter > on);

/** Days of the facts in force, as they are stored: bits of the meters that count and had a fact, the sum of values. */
const rowsOf = (facts: readonly Fact[]) =>
  [...Map.groupBy(facts, ({ day }) => day)]
    .map(([day, own]) => {
      const meters = [...new Set(own.map(({ bit }) => bit))].reduce((a, b) => a + b, 0);
      return { day, meters: meters === 0 ? -1 : meters, value: own.reduce((sum, { value }) => sum + value, 0) };
    })
    .toSorted((a, b) => a.day - b.day);

it('is on each day what the facts known by then make', () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 25 }), (facts) => {
      const end = 200;
      const now = facts.filter((one) => isKnown(one, end));
      const late = facts
        .flatMap((one): LateDay[] => {
          const activeNow = now.filter(({ day, bit }) => day === one.day && bit === one.bit).length;
          const of = (knownOn: number, sign: number) => ({
            accountId: 'a',
            day: one.day,
            knownOn,
            bit: one.bit,
            active: sign,
            activeNow,
            value: sign * one.value,
          });
          return [...(one.lag > 0 ? [of(one.day + one.lag, 1)] : []), ...(one.voidedAfter === null ? [] : [of(one.day + one.lag + one.voidedAfter, -1)])];
        })
        .toSorted((a, b) => a.knownOn - b.knownOn);
      const walk = new KnownHistory(rowsOf(now), late);
      for (let on = 100; on <= 150; on++) {
        const known = walk.on(on).history;
        const slow = usageHistory(
          rowsOf(facts.filter((one) => isKnown(one, on) || (one.day > on && one.lag === 0 && one.voidedAfter === null))).filter(
            ({ meters, value }) => meters > 0 || value !== 0,
          ),
        );
        // days to come are those that nothing late is known of
        const upTo = (days: Int32Array) => Array.from(days).filter((day) => day <= on);
        expect(upTo(known.usedDays)).toEqual(upTo(slow.usedDays));
        expect(known.valueTo[upTo(known.days).length] ?? 0).toBeCloseTo(slow.valueTo[upTo(slow.days).length] ?? 0, 9);
        expect(known.meters.slice(0, upTo(known.usedDays).length)).toEqual(slow.meters.slice(0, upTo(slow.usedDays).length));
      }
    }),
  );
});
