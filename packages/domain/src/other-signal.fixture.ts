import fc from 'fast-check';
import type { OtherReadings } from './other-signal.ts';
import { SENTIMENTS } from './sentiment.ts';

const share = fc.double({ min: 0, max: 6, noNaN: true });
/** Anything that can be read of an account beside usage: some sources connected, some of them silent about it. */
export const anyReadings: fc.Arbitrary<OtherReadings> = fc
  .record(
    {
      support: fc.option(
        fc.record({ open: fc.nat(9), aged: fc.record({ urgent: share, high: share, normal: share, low: share }), opened14: fc.nat(9), opened84: fc.nat(50) }),
      ),
      engagement: fc.option(fc.record({ speakers: fc.nat(2), silentDays: fc.option(fc.nat(400)), knownDays: fc.nat(400) })),
      pace: fc.option(fc.record({ pace: fc.double({ min: 0, max: 3, noNaN: true }), elapsedDays: fc.integer({ min: 1, max: 365 }) })),
      sentiment: fc.option(fc.record({ sentiment: fc.constantFrom(...SENTIMENTS), days: fc.nat(400) })),
      breadth: fc.option(fc.record({ meters: fc.nat(6), best: fc.nat(6) })),
      payment: fc.option(fc.record({ overdueDays: fc.nat(120) })),
      'custom:a': fc.option(
        fc.record({
          name: fc.constant('Seats'),
          unit: fc.constant('seats'),
          value: fc.integer({ min: -9, max: 99 }),
          zeroAt: fc.constant(0),
          fullAt: fc.constant(50),
        }),
      ),
    },
    { requiredKeys: [] },
  )
  .map((readings) => readings as OtherReadings);
