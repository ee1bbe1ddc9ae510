import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { supportLoad, supportScore, type SupportSums } from './support.ts';
import { TICKET_SEVERITIES } from './ticket.ts';

const none: SupportSums = { open: 0, aged: { urgent: 0, high: 0, normal: 0, low: 0 }, opened14: 0, opened84: 0 };
const share = fc.double({ min: 0, max: 20, noNaN: true });
const sums = fc.record({
  open: fc.nat(9),
  aged: fc.record({ urgent: share, high: share, normal: share, low: share }),
  opened14: fc.nat(50),
  opened84: fc.nat(200),
});

describe('support', () => {
  test('by hand: one urgent of 7 days, one low that is old, 5 new where 2 are usual', () => {
    const given = { open: 2, aged: { urgent: 0.5, high: 0, normal: 0, low: 1 }, opened14: 5, opened84: 12 };
    expect(supportLoad(given)).toBe(3 * 0.5 + 0.5 * 1 + 0.5 * (5 - 2));
    expect(supportScore(given)).toBeCloseTo(100 * 2 ** (-3.5 / 2), 12);
  });

  test('is full without load', () => {
    expect(supportScore(none)).toBe(100);
    expect(supportScore({ ...none, opened14: 1, opened84: 30 })).toBe(100); // fewer than usual is not better than none
  });

  test('a load of 2 halves it, and it never rises with a ticket more, nor leaves 0 to 100', () => {
    expect(supportScore({ ...none, aged: { ...none.aged, high: 1 } })).toBe(50);
    fc.assert(
      fc.property(sums, fc.constantFrom(...TICKET_SEVERITIES), share, (given, severity, more) => {
        const score = supportScore(given);
        const worse = supportScore({ ...given, aged: { ...given.aged, [severity]: given.aged[severity] + more } });
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(worse).toBeLessThanOrEqual(score);
        expect(supportScore({ ...given, opened14: given.opened14 + 1 })).toBeLessThanOrEqual(score);
      }),
    );
  });
});
