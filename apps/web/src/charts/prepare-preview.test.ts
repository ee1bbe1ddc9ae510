import { day } from '@tideline/domain/calendar';
import { expect, test } from 'vitest';
import { preparePreview } from './prepare-preview.ts';

const reader = { locale: 'en-GB', timeZone: 'UTC', today: day('2026-11-22') };
const of = (...figures: [number | null, number | null][]) =>
  preparePreview({
    days: figures.map(([quantity, present], i) => ({ day: day(`2026-11-0${i + 1}`), quantity, present })),
    labels: { quantity: 'Version 2', present: 'Version 1' },
    unit: 'calls',
    reader,
  });

test('a preview stands beside the present figures where there are some, and starts at zero', () => {
  const alone = of([5, null], [10, null]);
  expect(alone?.strokes).toHaveLength(1);
  expect(alone?.strokes[0]?.d).toBe('M0 500L1000 0');
  expect(of([5, 2], [10, 2])?.strokes).toHaveLength(2);
  expect(of([5, 2], [10, 2])?.stops[1]?.rows).toMatchObject([
    { label: 'Version 2', value: '10 calls' },
    { label: 'Version 1', value: '2 calls' },
  ]);
});

test('negative days stand below the line of zero, days without events leave a gap, and nothing at all is no picture', () => {
  const plot = of([-5, null], [null, null], [10, null]);
  expect(plot?.zero).toBeGreaterThan(0);
  expect(plot?.strokes[0]?.d).not.toContain('L500');
  expect(plot?.table.rows[1]).toEqual([expect.any(String), '–']);
  expect(of([0, null], [0, null])).toBeNull();
});
