import { addDays, type Day, daysFromTo, firstDayOf, lastDayOf, minDay, type Month } from './calendar.ts';
import type { Aggregation } from './meter.ts';
import { Decimal, decimal, type DecimalText, sum, toText, ZERO } from './money.ts';

/** What a quantity of a period costs. Tiers, packages and minimums become further kinds with one entry each below. */
export type PricePlan = { readonly kind: 'flat'; readonly unitPrice: DecimalText };
type PlanKind = PricePlan['kind'];

/** The price of a meter from a day on, until the next one. To stop charging, a price of 0 takes effect. */
export type Price = { readonly currency: string; readonly from: Day; readonly plan: PricePlan };

const PRICE_TEXT = /^-?\d{1,20}(\.\d{1,18})?$/;

/** `amount` is exact and never rounded: callers subtract amounts of two days from each other. */
const plans = {
  flat: {
    label: 'Flat price per unit',
    amount: (plan, quantity) => quantity.times(plan.unitPrice),
    problem: (plan) =>
      PRICE_TEXT.test(plan.unitPrice) ? null : `"${plan.unitPrice}" is not a price: write digits with at most 18 decimals, for example 0.0025`,
  },
} as const satisfies {
  [K in PlanKind]: {
    label: string;
    amount: (plan: Extract<PricePlan, { kind: K }>, quantity: Decimal) => Decimal;
    problem: (plan: Extract<PricePlan, { kind: K }>) => string | null;
  };
};

/** What is wrong with a price plan, as the sentence to show; null when it can be used. */
export const pricePlanProblem = (plan: PricePlan): string | null => plans[plan.kind].problem(plan);

/** Money for a quantity of one period under a plan: exact, unrounded. */
export const rate = (plan: PricePlan, quantity: Decimal): Decimal => plans[plan.kind].amount(plan, quantity);

/** The price in force on a day in a currency: the latest that took effect on or before it; null before the first. */
export const priceOn = (prices: readonly Price[], currency: string, on: Day): Price | null => {
  let found: Price | null = null;
  for (const price of prices) if (price.currency === currency && price.from <= on && (found === null || price.from > found.from)) found = price;
  return found;
};

/**
 * One account's daily quantities on one meter in one calendar month.
 * `days`: for `UNIQUE` what is new in the period that day; for `MAX` the day's highest; for `LAST` the day's last level.
 * `carried`: for `LAST` the level at the end of the month before, null when there was none; ignored otherwise.
 * `through`: the last day to rate; days after it, and days of other months, are left out.
 */
export type Period = {
  readonly aggregation: Aggregation;
  readonly month: Month;
  readonly through: Day;
  readonly days: readonly { readonly day: Day; readonly quantity: DecimalText }[];
  readonly carried: DecimalText | null;
};

/** The period's quantity as it stood at the end of a day. `divisor` is 1 but for `LAST`, whose level-days are shared out over the month. */
type Standing = { readonly day: Day; readonly quantity: Decimal; readonly divisor: number };

const added = (before: Decimal, quantity: Decimal): Decimal => before.plus(quantity);
const accumulate: Record<Aggregation, (before: Decimal, quantity: Decimal, first: boolean) => Decimal> = {
  SUM: added,
  COUNT: added,
  UNIQUE: added,
  MAX: (before, quantity, first) => (first ? quantity : Decimal.max(before, quantity)),
  LAST: added,
};

/** Days that change what the period owes, in order. A level owes on every day it lasts, not only on days with events. */
const standings = ({ aggregation, month, through, days, carried }: Period): Standing[] => {
  const [first, last] = [firstDayOf(month), minDay(lastDayOf(month), through)];
  const reported = new Map<Day, DecimalText>();
  for (const { day, quantity } of days) if (day >= first && day <= last) reported.set(day, quantity);
  const isLevel = aggregation === 'LAST';
  const divisor = isLevel ? daysFromTo(first, lastDayOf(month)).length : 1;
  let level = isLevel && carried !== null ? decimal(carried) : ZERO;
  let quantity = ZERO;
  let isFirst = true;
  const result: Standing[] = [];
  for (const day of isLevel ? daysFromTo(first, last) : [...reported.keys()].toSorted()) {
    const own = reported.get(day);
    level = own === undefined ? level : decimal(own);
    quantity = accumulate[aggregation](quantity, level, isFirst);
    isFirst = false;
    result.push({ day, quantity, divisor });
  }
  return result;
};

/** A third of a cent a day has no end: a level's running amount is kept to 18 places, so that its days still add up exactly. */
const LEVEL_PLACES = 18;
const amountAt = (plan: PricePlan, { quantity, divisor }: Omit<Standing, 'day'>): Decimal =>
  divisor === 1 ? rate(plan, quantity) : rate(plan, quantity).div(divisor).toDecimalPlaces(LEVEL_PLACES, Decimal.ROUND_HALF_EVEN);

export type RatedDay = { readonly day: Day; readonly revenue: DecimalText };

/**
 * Revenue by day (metrics.md, Rating): rate(period through the day) − rate(through the day before), both under
 * the price in force that day; no price, no revenue. Days that earn nothing are left out.
 */
export const rateDays = (period: Period, prices: readonly Price[], currency: string): RatedDay[] => {
  const rated: RatedDay[] = [];
  let before = ZERO;
  for (const standing of standings(period)) {
    const plan = priceOn(prices, currency, standing.day)?.plan;
    const revenue = plan ? amountAt(plan, standing).minus(amountAt(plan, { quantity: before, divisor: standing.divisor })) : ZERO;
    if (!revenue.isZero()) rated.push({ day: standing.day, revenue: toText(revenue) });
    before = standing.quantity;
  }
  return rated;
};

/** What the period comes to: the sum of its days, which under one price is rate(quantity of the period). */
export const invoiceOf = (rated: readonly RatedDay[]): DecimalText => toText(sum(rated.map((one) => one.revenue)));

/** The level a `LAST` meter carries into the day after the period; null when none was ever reported. */
export const levelAfter = ({ month, through, days, carried }: Period): DecimalText | null => {
  const end = addDays(minDay(lastDayOf(month), through), 1);
  const latest = days.filter((one) => one.day < end && one.day >= firstDayOf(month)).toSorted((a, b) => (a.day < b.day ? 1 : -1))[0];
  return latest?.quantity ?? carried;
};

/** What a correction changed, day by day: only days whose revenue differs. */
export const ratingChanges = (was: readonly RatedDay[], now: readonly RatedDay[]): { day: Day; was: DecimalText; now: DecimalText }[] => {
  const [old, fresh] = [was, now].map((days) => new Map(days.map((one) => [one.day, one.revenue])));
  const days = [...new Set([...was, ...now].map((one) => one.day))].toSorted();
  return days.map((day) => ({ day, was: old?.get(day) ?? '0', now: fresh?.get(day) ?? '0' })).filter((change) => !decimal(change.was).eq(change.now));
};
