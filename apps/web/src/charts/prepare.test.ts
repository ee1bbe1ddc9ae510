import { addDays, day, type Month } from '@tideline/domain/calendar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareBridge, type BridgeStep } from './prepare-bridge.ts';
import { prepareHistogram } from './prepare-histogram.ts';
import { prepareMeters, prepareStack } from './prepare-meters.ts';
import { prepareMoved } from './prepare-moved.ts';
import { prepareRetention } from './prepare-retention.ts';
import { prepareUsage, type UsageInput } from './prepare-usage.ts';
import { nearestStop, stopWords } from './plot.ts';

const reader = { locale: 'en-GB', timeZone: 'UTC', today: day('2026-11-17') };
const write = (value: number | null) => (value === null ? '–' : String(Math.round(value)));
const start = day('2026-09-01');

const usage = (extra: Partial<UsageInput> = {}) =>
  prepareUsage({
    days: Array.from({ length: 60 }, (_, i) => ({ day: addDays(start, i), value: i === 30 ? null : 100, normal: { low: 80, mid: 100, high: 120 } })),
    write,
    axis: String,
    reader,
    ...extra,
  });

describe('usage', () => {
  it('has nothing to draw without days', () => expect(prepareUsage({ days: [], write, axis: String, reader })).toBeNull());
  it('starts at zero and breaks the line where a day is not known', () => {
    const { plot } = usage() ?? {};
    expect(plot?.yTicks[0]).toEqual({ at: 0, label: '0' });
    expect(plot?.strokes.at(-1)?.d.match(/M/g)).toHaveLength(2);
    expect(plot?.stops[30]?.rows[0]).toEqual({ label: 'Total', value: '–' });
  });
  it('says everything about a day, what happened included', () => {
    const made = usage({ events: [{ id: '1', day: addDays(start, 3), kind: 'touch', label: 'Called Ada' }], meters: [{ label: 'API calls', colour: 'x' }] });
    expect(made?.plot.stops[3] && stopWords(made.plot.stops[3])).toBe('Fri 4 Sept: Total 100, API calls –, Own normal 100, Touch Called Ada');
  });
  it('keeps what happened in one column of the table', () => {
    const made = usage({ events: [{ id: '1', day: addDays(start, 3), kind: 'touch', label: 'Called Ada' }] });
    expect(made?.plot.table.columns).toEqual(['Day', 'Total', 'Own normal', 'What happened']);
    expect(made?.plot.table.rows[3]).toEqual(['Fri 4 Sept', '100', '100', 'Called Ada']);
  });
  it('lets only price changes and alerts cross, and gathers what stands together', () => {
    const at = (n: number, kind: 'alert' | 'touch' | 'price') => ({ id: `${n}${kind}`, day: addDays(start, n), kind, label: kind });
    const made = usage({ events: [at(10, 'touch'), at(11, 'alert'), at(40, 'price'), at(-5, 'alert')] });
    expect(made?.plot.uprights).toHaveLength(2);
    expect(made?.lane.map(({ kind, count }) => [kind, count])).toEqual([
      ['alert', 2],
      ['price', 1],
    ]);
  });
  it('reads the forecast on from the last day, once', () => {
    const forecast = Array.from({ length: 5 }, (_, i) => ({ day: addDays(start, 59 + i), p10: 1, p25: 2, p50: 3, p75: 4, p90: 5 }));
    const made = usage({ forecast });
    expect(made?.plot.stops).toHaveLength(64);
    expect(made?.plot.uprights.at(-1)?.label).toBe('Today');
    expect(made?.plot.table.rows).toHaveLength(64);
  });
  it('shows the segment as a ribbon to the last day', () => {
    const made = usage({
      segments: [
        { segment: 'steady', from: day('2026-01-01') },
        { segment: 'churn_risk', from: addDays(start, 30) },
      ],
    });
    expect(made?.ribbon.map(({ from, to }) => [Math.round(from), Math.round(to)])).toEqual([
      [0, 51],
      [51, 100],
    ]);
  });
  it('tells days on which the score is held from days that are judged, however few they are', () => {
    const segments = [{ segment: 'steady', from: day('2026-01-01') }] as const;
    const made = usage({ segments, heldFrom: addDays(start, 45) });
    expect(made?.ribbon.map(({ segment, from, to }) => [segment, Math.round(from), Math.round(to)])).toEqual([
      ['steady', 0, 76],
      ['held', 76, 100],
    ]);
    const { columns, rows } = made?.plot.table ?? { columns: [], rows: [] };
    expect(rows.map((row) => row[columns.indexOf('Score')])).toEqual(Array.from({ length: 60 }, (_, i) => (i < 45 ? '–' : 'held')));
    const lately = usage({ segments, heldFrom: addDays(start, 59) })?.ribbon.at(-1);
    expect(lately).toMatchObject({ segment: 'held', label: 'Score held', word: { side: 'before' } });
    expect(lately && lately.to - lately.from).toBeGreaterThan(1);
    expect(usage({ segments, heldFrom: addDays(start, 60) })?.ribbon).toEqual(usage({ segments })?.ribbon);
  });
  it('keeps the words of the ribbon and over the plot off one another', () => {
    const codes = ['steady', 'churn_risk', 'expansion_candidate', 'dormant'] as const;
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 8 }), (days) => {
        const sorted = days.toSorted((a, b) => a - b);
        const made = usage({
          segments: [
            { segment: 'unassigned', from: day('2026-01-01') },
            ...sorted.map((n, i) => ({ segment: codes[i % 4] ?? 'steady', from: addDays(start, n) })),
          ],
          events: sorted.map((n) => ({ id: String(n), day: addDays(start, n), kind: 'alert', label: 'Fell', short: 'Alert' })),
        });
        expect(made?.plot.uprights).toHaveLength(sorted.length);
        const labelled = made?.plot.uprights.filter(({ label }) => label).map(({ at }) => at) ?? [];
        labelled.forEach((at, i) => expect(at - (labelled[i - 1] ?? -100)).toBeGreaterThanOrEqual(14));
        if (sorted.length > 0) expect(labelled.at(-1)).toBe(made?.plot.uprights.at(-1)?.at);
        const starts =
          made?.ribbon.flatMap(({ word, to }) =>
            word === null ? [] : word.side === 'in' ? [[word.at, Math.min(word.at + 14, to)]] : [[word.at - 14, word.at]],
          ) ?? [];
        starts.forEach(([from], i) => expect(from).toBeGreaterThanOrEqual((starts[i - 1]?.[1] ?? 0) - 1e-9));
      }),
    );
  });
});

describe('meters', () => {
  const input = {
    days: [start, addDays(start, 1)],
    reader,
    meters: [2, 3].map((n) => ({ key: String(n), label: `m${n}`, unit: 'per day', colour: 'x', values: [n, null], now: '', write })),
  };
  it('gives each its own scale', () => expect(prepareMeters(input)?.rows.map((row) => row.line)).toEqual(['M0 0', 'M0 0']));
  it('stacks to the total', () => {
    const plot = prepareStack({ ...input, axis: String, write });
    expect(plot?.stops[0]?.rows.map((row) => row.value)).toEqual(['5', '3', '2']);
    expect(plot?.stops[1]?.rows[0]?.value).toBe('0');
  });
});

describe('bridge', () => {
  const move = fc.integer({ min: -1000, max: 1000 });
  it('ends where the movements lead, each bar hanging from the one before', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
        const closing = moves.reduce((sum, value) => sum + value, 10_000);
        const steps: BridgeStep[] = [
          { key: 'o', label: 'Opening', kind: 'total', value: 10_000 },
          ...moves.map((value, i): BridgeStep => ({ key: String(i), label: String(i), kind: 'move', value })),
          { key: 'c', label: 'Closing', kind: 'total', value: closing },
        ];
        const { bars } = prepareBridge(steps, String, String);
        expect(bars.at(-1)?.level).toBeCloseTo(bars.at(-2)?.level ?? 0);
        bars.slice(1, -1).forEach((bar, i) => {
          const edge = bar.tone === 'loss' ? bar.bottom + bar.height : bar.bottom;
          expect(edge).toBeCloseTo(bars[i]?.level ?? 0);
        });
      }),
    );
  });
  it('says points of the opening in the table', () => {
    const { table } = prepareBridge(
      [
        { key: 'o', label: 'Opening', kind: 'total', value: 200 },
        { key: 'x', label: 'Churn', kind: 'move', value: -5, count: '3' },
      ],
      String,
      String,
    );
    expect(table.rows[1]).toEqual(['Churn', '-5', '−2.5', '3']);
  });
});

describe('retention', () => {
  const months = ['2026-08', '2026-09', '2026-10'] as Month[];
  it('keeps words at line ends apart and puts the main line on top', () => {
    const plot = prepareRetention({
      months,
      baseline: 1,
      write,
      axis: String,
      reader,
      lines: [
        { label: 'NRR', look: 'main', values: [1.1, 1.12, 1.13] },
        { label: 'Quarter', look: 'thin', values: [1.1, 1.12, 1.131] },
        { label: 'Young', look: 'thin', values: [null, null, null] },
      ],
    });
    expect(plot?.strokes.at(-1)?.width).toBe(2.25);
    expect(plot?.ends.map((end) => end.text)).toEqual(['NRR', 'Quarter']);
    expect(Math.abs((plot?.ends[0]?.y ?? 0) - (plot?.ends[1]?.y ?? 0))).toBeGreaterThanOrEqual(8 - 1e-9);
    expect(plot?.stops[0]?.title).toBe('August 2026');
  });
});

describe('histogram', () => {
  it('colours a bin by its band and says the change', () => {
    const made = prepareHistogram({ after: [2, 3, 1, 4], before: [2, 1, 3, 4], cuts: { watch: 50, healthy: 75 } });
    expect(made.bars.map((bar) => bar.fill)).toEqual(['var(--risk-soft)', 'var(--risk-soft)', 'var(--watch-soft)', 'var(--healthy-soft)']);
    expect(made.stops[1]?.rows.at(-1)).toEqual({ label: 'Change', value: '+2' });
    expect(made.table.rows[2]).toEqual(['Health 50 to 75', '1', '3', '−2']);
  });
});

describe('moved', () => {
  it('runs from level to level, parts inside their cause', () => {
    const rows = prepareMoved({ label: 'then', value: 80 }, { label: 'now', value: 50 }, [
      { key: 'own', label: 'own', change: -30 },
      { key: 'a', label: 'a', change: -20, within: 'own' },
      { key: 'b', label: 'b', change: -10, within: 'own' },
    ]);
    expect(rows.map(({ left, width }) => [left, width])).toEqual([
      [0, 80],
      [50, 30],
      [60, 20],
      [50, 10],
      [0, 50],
    ]);
  });
  it('keeps within the plot what passes the top on its way', () => {
    const rows = prepareMoved({ label: 'then', value: 87 }, { label: 'now', value: 12 }, [
      { key: 'late', label: 'late', change: 12 },
      { key: 'back', label: 'back', change: 17, within: 'late' },
      { key: 'less', label: 'less', change: -5, within: 'late' },
      { key: 'own', label: 'own', change: -87 },
    ]);
    expect(Math.max(...rows.map(({ left, width }) => left + width))).toBeCloseTo(100, 9);
  });
});

describe('nearestStop', () => {
  it('finds the nearest', () => expect([nearestStop([{ x: 0 }, { x: 10 }, { x: 30 }], 19), nearestStop([], 3)]).toEqual([1, -1]));
});
