import { addDays, day } from '@tideline/domain/calendar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareBurn, type BurnInput } from './prepare-burn.ts';

const start = day('2026-02-01');
const input = (extra: Partial<BurnInput> = {}): BurnInput => ({
  start,
  end: addDays(start, 100),
  amount: 1000,
  line: [
    { day: start, consumed: 0 },
    { day: addDays(start, 50), consumed: 250 },
  ],
  expected: 500,
  write: String,
  axis: String,
  reader: { locale: 'en-GB', timeZone: 'UTC', today: day('2026-04-01') },
  ...extra,
});

describe('a commitment being used up', () => {
  it('says what was used beside what the plan had used by then', () => {
    expect(prepareBurn(input())?.stops[1]).toMatchObject({
      x: 50,
      rows: [
        { label: 'Used', value: '250' },
        { label: 'Plan', value: '500' },
      ],
    });
  });
  it('keeps everything drawn inside the plot, also what is spent beyond the commitment', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), fc.integer({ min: 1, max: 2_000 }), (consumed, more, amount) => {
        const plot = prepareBurn(input({ amount, line: [{ day: addDays(start, 10), consumed }], expected: consumed + more }));
        const heights = plot?.strokes.flatMap(({ d }) => [...d.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map((match) => Number(match[2]))) ?? [];
        expect(heights.length).toBeGreaterThan(0);
        for (const height of heights) expect(height).toSatisfy((h: number) => h >= 0 && h <= 1000);
      }),
    );
  });
  it('has nothing to draw before the first closed day', () => expect(prepareBurn(input({ line: [] }))).toBeNull());
});
