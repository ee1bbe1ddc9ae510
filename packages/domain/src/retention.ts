import { addMonths, type Day, firstDayOf, lastFullMonth, monthOf, type Month, monthsBetween, monthsFromTo } from './calendar.ts';
import { Decimal, decimal, type DecimalText, ratio, sum, toText, ZERO } from './money.ts';

/** Months before `t`, the month after the last full one: `[-24, -12]` is the year that ended a year ago (the second excluded). */
type Span = readonly [from: number, to: number];
/** Who is in the cohort: earned in the base span; used the product in its first month; active (at least a threshold) in its last month. */
export type Cohort = 'earned' | 'used_first_month' | 'active_last_month';

type Definition = {
  readonly label: string;
  readonly words: string;
  readonly cohort: Cohort;
  readonly base: Span;
  readonly now: Span;
  /** Full months of data it takes. */
  readonly months: number;
  /** Several points are read `every` months back in time: `weighted` by their base, or a plain `mean`. */
  readonly points: { readonly count: number; readonly every: number; readonly combine: 'weighted' | 'mean' };
  /** Shown beside it as this power: four quarters make a year. */
  readonly annualise: number | null;
};
const ONE = { count: 1, every: 1, combine: 'weighted' } as const;

/** Net revenue retention as companies define it (metrics.md, Retention; wording of sources in field.md §2). */
export const retentionDefinitions = {
  trailing_12: {
    label: 'Trailing 12 months',
    words: 'revenue of the last 12 months ÷ revenue of the 12 before, customers of those 12 only',
    cohort: 'earned',
    base: [-24, -12],
    now: [-12, 0],
    months: 24,
    points: ONE,
    annualise: null,
  },
  quarter_year_ago: {
    label: 'Quarter against the same quarter a year ago',
    words: 'revenue of the last 3 months ÷ revenue of the same 3 a year ago, customers of those only',
    cohort: 'earned',
    base: [-15, -12],
    now: [-3, 0],
    months: 15,
    points: ONE,
    annualise: null,
  },
  quarter_on_quarter: {
    label: 'Quarter on quarter',
    words: 'revenue of the last 3 months ÷ revenue of the 3 before, customers of those only',
    cohort: 'earned',
    base: [-6, -3],
    now: [-3, 0],
    months: 6,
    points: ONE,
    annualise: 4,
  },
  month_year_ago: {
    label: 'Month against the same month a year ago',
    words: 'revenue of the last month ÷ revenue of the same month a year ago, customers of that month only',
    cohort: 'earned',
    base: [-13, -12],
    now: [-1, 0],
    months: 13,
    points: ONE,
    annualise: null,
  },
  snowflake: {
    label: 'Snowflake',
    words: 'revenue of the second year ÷ revenue of the first, customers with usage in the first month of the two years',
    cohort: 'used_first_month',
    base: [-24, -12],
    now: [-12, 0],
    months: 24,
    points: ONE,
    annualise: null,
  },
  twilio: {
    label: 'Twilio, dollar-based net expansion',
    words: 'a quarter ÷ the same quarter a year ago for accounts active then; the mean of the last 4 quarters',
    cohort: 'active_last_month',
    base: [-15, -12],
    now: [-3, 0],
    months: 24,
    points: { count: 4, every: 3, combine: 'mean' },
    annualise: null,
  },
  datadog: {
    label: 'Datadog, trailing 12 months',
    words: 'a month ÷ the same month a year ago for all customers of then; the mean of the last 12 months weighted by their base',
    cohort: 'earned',
    base: [-13, -12],
    now: [-1, 0],
    months: 24,
    points: { count: 12, every: 1, combine: 'weighted' },
    annualise: null,
  },
} as const satisfies Record<string, Definition>;
export type RetentionKey = keyof typeof retentionDefinitions;
export const isRetentionKey = (text: string): text is RetentionKey => Object.hasOwn(retentionDefinitions, text);

/** First and last month, both included. */
export type MonthSpan = { readonly from: Month; readonly to: Month };
const spanAt = ([from, to]: Span, last: Month): MonthSpan => ({ from: addMonths(last, 1 + from), to: addMonths(last, to) });

/** The base and now months of a definition, one pair per point, latest first; `last` is the last full month. What a query sums over. */
export const retentionSpans = (key: RetentionKey, last: Month): { base: MonthSpan; now: MonthSpan }[] => {
  const { base, now, points } = retentionDefinitions[key];
  return Array.from({ length: points.count }, (_, i) => {
    const end = addMonths(last, -i * points.every);
    return { base: spanAt(base, end), now: spanAt(now, end) };
  });
};

/** Sums over a cohort: of base, of now, of min(now, base) account by account; accounts in it, and those still earning now. */
export type RetentionSums = {
  readonly base: DecimalText;
  readonly now: DecimalText;
  readonly minNowBase: DecimalText;
  readonly cohort: number;
  readonly kept: number;
};
/** Shares as numbers (1.1 is 110%); null where the base is zero or negative and the ratio is undefined ("–"). */
export type Retention = { readonly nrr: number | null; readonly grr: number | null; readonly logo: number | null };

/** NRR, GRR by the min rule and logo retention, each computed once from sums. */
export const retentionFrom = ({ base, now, minNowBase, cohort, kept }: RetentionSums): Retention => ({
  nrr: ratio(decimal(now), decimal(base)),
  grr: ratio(decimal(minNowBase), decimal(base)),
  logo: cohort > 0 ? kept / cohort : null,
});

/** The sums of a cohort, account by account: each with its base and now. */
export const sumsOf = (accounts: readonly { readonly base: DecimalText; readonly now: DecimalText }[]): RetentionSums => ({
  base: toText(sum(accounts.map((one) => one.base))),
  now: toText(sum(accounts.map((one) => one.now))),
  minNowBase: toText(sum(accounts.map((one) => Decimal.min(one.now, one.base)))),
  cohort: accounts.length,
  kept: accounts.filter((one) => decimal(one.now).gt(0)).length,
});

/** One figure from the sums of all points of a definition, latest first; undefined points make the whole undefined. */
export const combinePoints = (key: RetentionKey, points: readonly RetentionSums[]): Retention => {
  if (retentionDefinitions[key].points.combine === 'weighted') return retentionFrom(addUp(points));
  const each = points.map(retentionFrom);
  const mean = (pick: keyof Retention): number | null => {
    let total = 0;
    for (const one of each) {
      const value = one[pick];
      if (value === null) return null;
      total += value;
    }
    return each.length > 0 ? total / each.length : null;
  };
  return { nrr: mean('nrr'), grr: mean('grr'), logo: mean('logo') };
};

/** A mean weighted by the base is the ratio of the sums. */
const addUp = (points: readonly RetentionSums[]): RetentionSums => ({
  base: toText(sum(points.map((one) => one.base))),
  now: toText(sum(points.map((one) => one.now))),
  minNowBase: toText(sum(points.map((one) => one.minNowBase))),
  cohort: points.reduce((n, one) => n + one.cohort, 0),
  kept: points.reduce((n, one) => n + one.kept, 0),
});

/** A quarter's ratio as a year's: its 4th power; null for definitions that are a year already. */
export const annualised = (key: RetentionKey, share: number | null): number | null => {
  const { annualise } = retentionDefinitions[key];
  return annualise === null || share === null || share < 0 ? null : share ** annualise;
};

/** One account's revenue by month, and the months in which it used the product or was active beyond the threshold. */
export type AccountHistory = { readonly revenue: ReadonlyMap<Month, DecimalText>; readonly used: ReadonlySet<Month>; readonly active: ReadonlySet<Month> };

const revenueIn = (account: AccountHistory, { from, to }: MonthSpan): Decimal => sum(monthsFromTo(from, to).map((month) => account.revenue.get(month) ?? ZERO));
const inCohort: Record<Cohort, (account: AccountHistory, base: MonthSpan) => boolean> = {
  earned: (account, base) => revenueIn(account, base).gt(0),
  used_first_month: (account, base) => account.used.has(base.from),
  active_last_month: (account, base) => account.active.has(base.to),
};

/** A definition account by account: the slow way, against which the sums of the database are checked. */
export const retentionOf = (key: RetentionKey, accounts: readonly AccountHistory[], last: Month): Retention =>
  combinePoints(
    key,
    retentionSpans(key, last).map(({ base, now }) => {
      const cohort = accounts.filter((account) => inCohort[retentionDefinitions[key].cohort](account, base));
      return sumsOf(cohort.map((account) => ({ base: toText(revenueIn(account, base)), now: toText(revenueIn(account, now)) })));
    }),
  );

/** Calendar months wholly covered by data from the first day through the as-of day. */
export const fullMonths = (firstDay: Day, asOf: Day): number => {
  const first = firstDayOf(monthOf(firstDay)) === firstDay ? monthOf(firstDay) : addMonths(monthOf(firstDay), 1);
  return Math.max(0, monthsBetween(first, lastFullMonth(asOf)) + 1);
};

/** The definitions the headline falls back through, longest first. */
const HEADLINES = ['trailing_12', 'quarter_year_ago', 'quarter_on_quarter'] as const satisfies readonly RetentionKey[];

/** Which definition the headline shows; null with the full months still missing for one. */
export type Headline = { readonly key: RetentionKey; readonly missing: 0 } | { readonly key: null; readonly missing: number };

/** The workspace's fixed definition, else the longest its full months of data allow. */
export const headlineFor = (months: number, fixed: RetentionKey | null = null): Headline => {
  const candidates: readonly RetentionKey[] = fixed === null ? HEADLINES : [fixed];
  const key = candidates.find((one) => retentionDefinitions[one].months <= months);
  if (key !== undefined) return { key, missing: 0 };
  return { key: null, missing: Math.min(...candidates.map((one) => retentionDefinitions[one].months)) - months };
};
