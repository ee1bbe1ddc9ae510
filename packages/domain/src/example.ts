import type { Measures, Relative } from './measure.ts';

/** An ordinary account, active about every other day for three years and level with its own normal: what tests vary. */
export const exampleMeasures: Measures = {
  asOf: 20_000,
  firstDay: 18_906,
  lastDay: 20_000,
  yearFirstDay: 19_637,
  ageDays: 1_100,
  usageDaysEver: 540,
  days28: 14,
  days84: 42,
  days182: 91,
  days364: 182,
  daysPrior84: 42,
  revenue28: 2_800,
  revenue84: 8_400,
  revenue90: 9_000,
  revenue364: 36_400,
  revenuePrior84: 8_400,
  clockSilent: 0,
  clockSpan: 363,
  meters28: null,
  metersPrior84: null,
  standing: 80,
  onboarding: 50,
  weeks: Array.from({ length: 24 }, () => 700),
  ttfvDays: null,
};

export const exampleRelative: Relative = { k: 1, vbar: 150, milestoneSet: false, medianTtfvDays: null };

/** The example with some measures changed. */
export const measuresWith = (changes: Partial<Measures>): Measures => ({ ...exampleMeasures, ...changes });

/** The example, silent for `days` after a life as ordinary (windows shrink, the clock ticks once a day). */
export const silentFor = (days: number, changes: Partial<Measures> = {}): Measures => {
  const within = (window: number) => Math.round(Math.max(0, window - days) / 2);
  const revenue = (window: number) => 100 * Math.max(0, window - days);
  return measuresWith({
    lastDay: exampleMeasures.asOf - days,
    yearFirstDay: days < 364 ? exampleMeasures.asOf - 363 : null,
    days28: within(28),
    days84: within(84),
    days182: within(182),
    days364: within(364),
    daysPrior84: within(112) - within(28),
    revenue28: revenue(28),
    revenue84: revenue(84),
    revenue90: revenue(90),
    revenue364: revenue(364),
    revenuePrior84: revenue(168) - revenue(84),
    clockSilent: days,
    clockSpan: Math.max(0, 363 - days),
    ...changes,
  });
};
