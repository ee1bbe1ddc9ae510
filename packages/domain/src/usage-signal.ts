import type { Components, UsageKey } from './component.ts';
import type { Measures } from './measure.ts';
import { againstNormal } from './norm.ts';
import { days, expectedWords, odds, percent } from './sentence.ts';

/** A measured component of health: how it is named, read and explained. */
export type Signal = {
  readonly family: 'usage' | 'people' | 'money' | 'custom';
  readonly label: string;
  readonly hint: string;
  /** Days back it looks. */
  readonly window: number;
  readonly better: 'higher' | 'lower';
  /** Unit of `measure`: what is shown beside the component. */
  readonly unit: 'days in 90' | 'days' | 'percentile' | 'ratio' | 'load' | 'score' | 'value';
  readonly measure: (m: Measures, c: Components) => number | null;
  /** Why the component is what it is, as a CSM would say it. */
  readonly sentence: (m: Measures, c: Components) => string;
};

const NEVER = 'Not used yet';

const cadence = (m: Measures, c: Components): string => {
  if (c.tenure === 0) return NEVER;
  const expected = `${expectedWords(c.expectedDays)} expected in the next 90`;
  if (c.silent >= 182) return `Not active for ${days(c.silent)}; ${expected}`;
  if (m.usageDaysEver === 1) return `Active on one day only; ${expected}`;
  const lived = Math.min(c.tenure, 182);
  const stopped = c.quiet || c.silent >= 28;
  return stopped
    ? `Active ${m.days182} of the ${days(lived - c.silent)} before it stopped; ${expected}`
    : `Active ${m.days182} of the last ${days(lived)}; ${expected}`;
};

const silence = (_m: Measures, c: Components): string => {
  if (c.tenure === 0) return NEVER;
  if (c.silent === 0) return 'In use on the last day';
  if (c.p > 0.3) return `Quiet for ${days(c.silent)}, nothing unusual for this account`;
  return `Quiet for ${days(c.silent)}; a gap this long is ${odds(c.p)} for this account`;
};

const standing = (m: Measures, c: Components): string =>
  c.tenure === 0 ? NEVER : `Larger than ${percent(Math.min(0.99, Math.max(0.01, m.standing / 100)))} of active accounts over the last year`;

const momentum = (m: Measures, c: Components): string => {
  if (c.tenure === 0) return NEVER;
  const change = againstNormal(m, c.tenure);
  if (c.tenure < 56) return 'Too new to compare: it takes 56 days of use';
  if (m.revenue28 === 0 && m.revenue84 > 0) return 'Nothing in the last 28 days';
  if (change === null) return m.revenue28 > 0 ? 'Back after nothing in the 56 days before' : 'Nothing in the last 84 days';
  if (Math.abs(change) < 0.05) return 'Last 28 days level with the 56 before';
  return `Last 28 days ${percent(change)} ${change < 0 ? 'below' : 'above'} the 56 before`;
};

/** In the order of the breakdown. A new signal is one entry here, its score in `component.ts`, and its test. */
export const usageSignals = {
  cadence: {
    family: 'usage',
    label: 'Cadence',
    hint: 'how often it is expected back',
    window: 364,
    better: 'higher',
    unit: 'days in 90',
    measure: (_m, c) => c.expectedDays,
    sentence: cadence,
  },
  silence: {
    family: 'usage',
    label: 'Silence',
    hint: 'quiet against own rhythm',
    window: 364,
    better: 'lower',
    unit: 'days',
    measure: (_m, c) => c.silent,
    sentence: silence,
  },
  standing: {
    family: 'usage',
    label: 'Standing',
    hint: 'size among active accounts',
    window: 364,
    better: 'higher',
    unit: 'percentile',
    measure: (m) => m.standing,
    sentence: standing,
  },
  momentum: {
    family: 'usage',
    label: 'Momentum',
    hint: '28 days against 56 before',
    window: 84,
    better: 'higher',
    unit: 'ratio',
    measure: (m, c) => againstNormal(m, c.tenure),
    sentence: momentum,
  },
} as const satisfies Record<UsageKey, Signal>;
export const USAGE_KEYS = Object.keys(usageSignals) as UsageKey[];
