import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { exampleMeasures, exampleRelative, measuresWith, silentFor } from './example.ts';
import { defaultHealthModel, prepareModel, scoreHealth } from './health.ts';
import type { Measures, Relative } from './measure.ts';
import {
  allDoors,
  defaultSegmentThresholds,
  type RawSegment,
  rawSegment,
  type Segment,
  type SegmentInput,
  segments,
  type SegmentState,
  walkSegment,
} from './segment.ts';

const inputOf = (measures: Measures, relative: Relative = exampleRelative): SegmentInput => {
  const components = componentsOf(measures, relative);
  return { measures, components, relative, shown: scoreHealth(components, prepareModel(defaultHealthModel, relative.k)).shown };
};
const raw = (measures: Measures, present: RawSegment | null = null, relative: Relative = exampleRelative, doors = allDoors): RawSegment =>
  rawSegment(inputOf(measures, relative), present, { thresholds: defaultSegmentThresholds, doors });
const unused = { firstDay: null, lastDay: null, yearFirstDay: null, usageDaysEver: 0 } as const;
const newcomer = (tenure: number, changes: Partial<Measures> = {}) =>
  measuresWith({ firstDay: exampleMeasures.asOf - tenure + 1, ageDays: tenure - 1, ...changes });

describe('rawSegment', () => {
  it('gives an unused account two weeks, then six weeks', () => {
    const at = (ageDays: number) => raw(measuresWith({ ...unused, ageDays }));
    expect([13, 14, 59, 60].map((age) => at(age).segment)).toEqual(['unassigned', 'onboarding_laggard', 'onboarding_laggard', 'dormant']);
    expect(at(20).reason).toBe('never_used');
  });
  it('calls a daily account quiet long before a slow one', () => {
    expect(raw(silentFor(20))).toEqual({ segment: 'churn_risk', reason: 'gone_quiet' });
    expect(raw(silentFor(200))).toEqual({ segment: 'dormant', reason: 'dormant' });
    expect(raw(exampleMeasures).segment).toBe('steady');
  });
  it('keeps an account at risk until it is past the gap', () => {
    const halved = measuresWith({ revenue28: 1_700 });
    const input = { ...inputOf(halved), shown: 52 };
    expect(rawSegment(input, null).segment).toBe('steady');
    expect(rawSegment(input, { segment: 'churn_risk', reason: 'stagnating' }).segment).toBe('churn_risk');
  });
  it('lets a dormant account out on its second day back, or the first when it always came rarely', () => {
    const dormant = { segment: 'dormant', reason: 'dormant' } as const;
    expect(raw(measuresWith({ days28: 1 }), dormant).segment).toBe('dormant');
    expect(raw(measuresWith({ days28: 2 }), dormant).segment).not.toBe('dormant');
    expect(raw(measuresWith({ days28: 1, usageDaysEver: 20 }), dormant).segment).not.toBe('dormant');
  });
  it('judges onboarding by pace, staying late up to half', () => {
    const late = { segment: 'onboarding_laggard', reason: 'slow_start' } as const;
    expect([13, 14].map((n) => raw(newcomer(n, { onboarding: 35 })).segment)).toEqual(['onboarding_on_track', 'onboarding_laggard']);
    expect(raw(newcomer(30, { onboarding: 40 })).segment).toBe('onboarding_on_track');
    expect(raw(newcomer(30, { onboarding: 40 }), late).segment).toBe('onboarding_laggard');
    expect(raw(newcomer(60, { onboarding: 10 })).segment).not.toBe('onboarding_laggard');
  });
  it('judges onboarding by the milestone where there is one', () => {
    const relative = { ...exampleRelative, milestoneSet: true, medianTtfvDays: 20 };
    const at = (tenure: number, ttfvDays: number | null, doors = allDoors) => raw(newcomer(tenure, { onboarding: 10, ttfvDays }), null, relative, doors);
    expect(at(21, null).segment).toBe('onboarding_on_track');
    expect(at(22, null)).toEqual({ segment: 'onboarding_laggard', reason: 'first_value_late' });
    expect(at(89, null).segment).toBe('onboarding_laggard');
    expect(at(90, null).segment).not.toBe('onboarding_laggard');
    expect(at(30, 12).segment).toBe('onboarding_on_track');
    expect(at(30, 12, { ...allDoors, milestone: false }).reason).toBe('slow_start');
  });
  it('opens expansion by room and by growth, each with its switch', () => {
    const room = measuresWith({ revenue90: 6_000, revenue84: 5_600, revenue28: 1_900 });
    expect(raw(room).reason).toBe('room');
    expect(raw(room, null, exampleRelative, { ...allDoors, room: false }).segment).toBe('steady');
    const growing = measuresWith({ weeks: Array.from({ length: 24 }, (_, i) => 500 * 1.04 ** i) });
    expect(raw(growing)).toEqual({ segment: 'expansion_candidate', reason: 'growing' });
    expect(raw(growing, null, exampleRelative, { ...allDoors, growth: false }).segment).toBe('steady');
  });
  it('asks a young account for a short time to first value before it counts as growing', () => {
    const relative = { ...exampleRelative, milestoneSet: true, medianTtfvDays: 20 };
    const weeks = Array.from({ length: 24 }, (_, i) => 500 * 1.04 ** i);
    const at = (tenure: number, ttfvDays: number | null) => raw(newcomer(tenure, { weeks, ttfvDays }), null, relative, { ...allDoors, room: false }).reason;
    expect([at(200, 20), at(200, 21), at(200, null), at(400, 90)]).toEqual(['growing', 'steady', 'steady', 'growing']);
  });
});

const state = (segment: Segment, changes: Partial<SegmentState> = {}): SegmentState => ({
  segment,
  reason: 'steady',
  since: 1,
  candidate: null,
  candidateDays: 0,
  ...changes,
});
const walk = (from: SegmentState, raws: readonly Segment[]): Segment[] => {
  let now: SegmentState = from;
  return raws.map((segment, i) => {
    now = walkSegment(now, { segment, reason: 'steady' }, 100 + i);
    return now.segment;
  });
};

describe('walkSegment', () => {
  it('adopts after seven consecutive days, the first counted', () => {
    const six = Array.from({ length: 6 }, () => 'churn_risk' as const);
    expect(walk(state('steady'), [...six, 'churn_risk']).at(-1)).toBe('churn_risk');
    expect(walk(state('steady'), [...six, 'steady', ...six]).every((s) => s === 'steady')).toBe(true);
    expect(walk(state('steady'), [...six, 'expansion_candidate', ...six]).every((s) => s === 'steady')).toBe(true);
  });
  it('does not wait for dormant, first sight or graduation', () => {
    expect(walkSegment(null, { segment: 'churn_risk', reason: 'declining' }, 5)).toEqual({
      segment: 'churn_risk',
      reason: 'declining',
      since: 5,
      candidate: null,
      candidateDays: 0,
    });
    expect(walk(state('steady'), ['dormant', 'churn_risk'])).toEqual(['dormant', 'churn_risk']);
    expect(walk(state('onboarding_on_track'), ['steady'])).toEqual(['steady']);
    expect(walk(state('unassigned'), ['onboarding_laggard'])).toEqual(['onboarding_laggard']);
  });
  it('waits before calling an account late, and before it no longer is', () => {
    expect(walk(state('onboarding_on_track'), ['onboarding_laggard'])).toEqual(['onboarding_on_track']);
    expect(walk(state('onboarding_laggard'), ['onboarding_on_track', 'steady'])).toEqual(['onboarding_laggard', 'onboarding_laggard']);
  });
  it('takes first usage for first sight', () => {
    const unusedLate = state('onboarding_laggard', { reason: 'never_used' });
    expect(walkSegment(unusedLate, { segment: 'onboarding_on_track', reason: 'on_track' }, 9).segment).toBe('onboarding_on_track');
    expect(raw(newcomer(1, { days28: 1, usageDaysEver: 1 }), { segment: 'dormant', reason: 'never_used' }).segment).toBe('onboarding_on_track');
  });
  it('survives being written down, and never holds two things at once', () => {
    const codes = Object.keys(segments) as Segment[];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...codes), { maxLength: 60 }), (days) => {
        let now: SegmentState | null = null;
        days.forEach((segment, i) => {
          now = walkSegment(now, { segment, reason: 'steady' }, i);
          expect(JSON.parse(JSON.stringify(now))).toEqual(now);
          expect(now.candidate).not.toBe(now.segment);
          expect(now.candidateDays).toBeLessThan(7);
        });
      }),
    );
  });
});
