import { expect, it } from 'vitest';
import { alternate, median, percentile, report } from './rounds.ts';

it('takes medians and percentiles', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(percentile([5, 1, 4, 2, 3], 0.95)).toBe(5);
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

it('lets each contestant go first in turn, and leaves the warm-up out', async () => {
  const order: string[] = [];
  const run = (name: string) => async () => void order.push(name);
  const taken = await alternate({ a: run('a'), b: run('b') }, { rounds: 2, before: async (name, round) => void order.push(`${round}${name}`) });
  expect(order.join(' ')).toBe('0a a 0b b 1b b 1a a 2a a 2b b');
  expect(Object.keys(taken)).toEqual(['a', 'b']);
});

it('ends with one JSON line, in which a figure not taken is null and says why', () => {
  const text = report({ bench: 'ingest', figures: { batch_vs_copy_1m: 0.31234, batch_vs_copy_10m: { value: null, why: 'no room for 10 M rows' } } });
  expect(JSON.parse(text.split('\n').at(-1) ?? '')).toEqual({
    bench: 'ingest',
    figures: { batch_vs_copy_1m: 0.3123, batch_vs_copy_10m: null },
    why: { batch_vs_copy_10m: 'no room for 10 M rows' },
  });
});
