import type { Model } from '@tideline/contracts/model';
import { componentsOf } from '@tideline/domain/component';
import { exampleRelative, measuresWith, silentFor } from '@tideline/domain/example';
import { prepareModel, scoreHealth } from '@tideline/domain/health';
import type { Measures } from '@tideline/domain/measure';
import { packMeasures } from '@tideline/domain/measure-pack';
import { defaultModelConfig } from '@tideline/domain/model-config';
import { rawSegment } from '@tideline/domain/segment';
import { describe, expect, it } from 'vitest';
import { type Edit, withBand, withWeight } from './edit.ts';
import { changed, compare, comparisonTitle, judgeAll, prepareAccounts, segmentsUnder, shiftedPoints } from './prepare.ts';

const { caps, bands, segments, shiftByRegularity } = defaultModelConfig;
const standard: Edit = { weights: { cadence: 60, silence: 15, standing: 15, momentum: 10 }, caps, bands, segments, shiftByRegularity, profiles: [] };
const never = measuresWith({ firstDay: null, lastDay: null, yearFirstDay: null, ageDays: 5, days28: 0, days84: 0, days182: 0, days364: 0 });

const previewOf = (all: readonly Measures[]): Model['Preview'] => ({
  asOf: '2024-10-04',
  relative: exampleRelative,
  currency: 'USD',
  unit: null,
  owners: [{ id: 'o', name: 'Mara Oyelund' }],
  accounts: {
    id: all.map((_, i) => `id-${i}`),
    name: all.map((_, i) => `Account ${i}`),
    owner: all.map((_, i) => (i % 2 === 0 ? 0 : null)),
    runRate: all.map(() => '36500.00'),
    band: all.map(() => null),
    segment: all.map(() => 'steady' as const),
    reason: all.map(() => 'steady'),
    measures: all.map((m) => [...packMeasures(m)]),
    traits: all.map(({ traits }) => [traits?.plan ?? null, traits?.industry ?? null, traits?.region ?? null]),
    others: all.map((m) => (m.others ? { ...m.others } : null)) as Model['Preview']['accounts']['others'],
    weeks: all.map((m) => (m.weeks ? [...m.weeks] : null)),
  },
});
const troubled = measuresWith({
  others: { support: { open: 2, aged: { urgent: 1, high: 0, normal: 1, low: 0 }, opened14: 2, opened84: 2 }, engagement: null },
});
const book = [measuresWith({}), troubled, silentFor(20), silentFor(200), measuresWith({ standing: 5, days84: 9, days182: 20, days364: 40 }), never];
const prepared = prepareAccounts(previewOf(book));

describe('a preview', () => {
  it('says of each account what the worker would say', () => {
    const model = prepareModel({ ...standard, silent: defaultModelConfig.silent }, exampleRelative.k);
    const judged = judgeAll(prepared, standard);
    book.forEach((m, i) => {
      const components = componentsOf(m, exampleRelative);
      const { shown, band } = scoreHealth(components, model);
      expect(judged.shown[i]).toEqual(shown ?? Number.NaN);
      expect(judged.band[i]).toBe(band);
    });
    const counts = segmentsUnder(prepared, judged, standard);
    const present = { segment: 'steady', reason: 'steady' } as const;
    const expected = book.map((m, i) => {
      const health = judged.shown[i] ?? Number.NaN;
      return rawSegment(
        { measures: m, components: componentsOf(m, exampleRelative), shown: Number.isNaN(health) ? null : health, relative: exampleRelative },
        present,
      ).segment;
    });
    for (const [segment, count] of Object.entries(counts)) expect(count).toBe(expected.filter((one) => one === segment).length);
  });

  it('finds nothing to tell when nothing changed', () => {
    const judged = judgeAll(prepared, standard);
    const told = compare(prepared, judged, judged);
    expect(told.changes).toEqual([]);
    expect(told.bins.before).toEqual(told.bins.after);
    expect(told.bins.before.reduce((a, b) => a + b, 0)).toBe(book.length - 1); // the one that waits has no score
    expect(comparisonTitle(told)).toBe('Nobody changes band');
  });

  it('names who moves, the most money first, and adds up their money', () => {
    const before = judgeAll(prepared, standard);
    const strict = withBand(withBand(withWeight(standard, new Set(), 'cadence', 20), 'healthyFrom', 90), 'healthyLeaves', 88);
    const after = judgeAll(prepared, strict);
    const told = compare(prepared, before, after);
    expect(told.changes.length).toBe(changed(before, after));
    expect(told.changes.length).toBeGreaterThan(0);
    expect(told.changes.map(({ stake }) => Math.abs(stake))).toEqual(told.changes.map(({ stake }) => Math.abs(stake)).toSorted((a, b) => b - a));
    expect(told.runRate).toBe(36_500 * told.changes.length);
    for (const band of ['at_risk', 'watch', 'healthy'] as const) {
      expect(told.counts[band].after).toBe(after.band.filter((one) => one === band).length);
    }
  });

  it('tells what regular rhythms shift', () => {
    expect(shiftedPoints(standard, 1)).toBe(0);
    expect(shiftedPoints(standard, 2)).toBeCloseTo(5, 9);
    expect(shiftedPoints({ ...standard, shiftByRegularity: false }, 2)).toBeCloseTo(5, 9);
  });
});
