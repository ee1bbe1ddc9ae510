import { type Day, dayNumber } from '@tideline/domain/calendar';
import { gapShares, regularity, regularityDay, workspaceClock } from '@tideline/domain/clock';
import { type Measures, midRank, MIN_ONBOARDING_PEERS, MIN_PEERS, ONBOARDING_AGE_CAP, type Relative, typicalDayValue } from '@tideline/domain/measure';

/** One account-day: `events` > 0 makes it a usage day; `revenue` counts in any case (a return is revenue, not usage). */
export type UsageRow = { readonly account: string; readonly day: Day; readonly events: number; readonly revenue: number };

/** What rows alone do not say; all of it day numbers. Left out: no milestone, age from the first fact, one meter, days end with the last fact. */
export type OracleFacts = {
  readonly through?: number;
  readonly startDay?: ReadonlyMap<string, number>;
  readonly milestoneDay?: ReadonlyMap<string, number>;
  readonly milestone?: { readonly medianTtfvDays: number | null };
  /** account → meter → its usage days. */
  readonly meterDays?: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
};

/** One as-of day: what is relative to the workspace, and the measures of every account with a fact by then. */
export type OracleDay = { readonly relative: Relative; readonly measures: ReadonlyMap<string, Measures> };

type History = {
  /** Usage days, ascending. */
  readonly days: readonly number[];
  readonly firstFact: number;
  readonly lastFact: number;
  /** Revenue up to and including firstFact + i. */
  readonly revenueTo: Float64Array;
};

type OwnMeasures = Omit<Measures, 'standing' | 'onboarding'>;

/**
 * The slow, obvious way from daily rows to measures: for each day asked it looks at every account's whole history.
 * Database tests hold the set-based SQL against it; golden tests hold it against the reference vectors.
 */
export class ScoreOracle {
  /** First usage day and last day known, as day numbers. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly accounts: readonly string[];
  readonly #histories: ReadonlyMap<string, History>;
  readonly #clock: Float64Array;
  readonly #facts: OracleFacts;
  readonly #regularity = new Map<number, number>();

  constructor(rows: readonly UsageRow[], facts: OracleFacts = {}) {
    this.#facts = facts;
    this.#histories = historiesOf(rows);
    this.accounts = [...this.#histories.keys()].sort();
    const usage = [...this.#histories.values()].flatMap((h) => h.days);
    this.firstDay = usage.reduce((a, b) => Math.min(a, b), Infinity);
    this.lastDay = [...this.#histories.values()].reduce((a, h) => Math.max(a, h.lastFact), facts.through ?? -Infinity);
    const active = new Float64Array(usage.length === 0 ? 0 : this.lastDay - this.firstDay + 1);
    for (const d of usage) active[d - this.firstDay] = (active[d - this.firstDay] ?? 0) + 1;
    this.#clock = workspaceClock(active);
  }

  /** K at a day number; NaN outside the days known. */
  clock(day: number): number {
    return this.#clock[day - this.firstDay] ?? Number.NaN;
  }

  /** k at `asOf`: from the usage days inside (g-364, g] on the last grid day g. */
  regularity(asOf: number): number {
    const grid = regularityDay(this.firstDay, asOf);
    const known = this.#regularity.get(grid);
    if (known !== undefined) return known;
    const shares: number[] = [];
    for (const { days } of this.#histories.values()) {
      shares.push(...gapShares(days.filter((d) => d > grid - 364 && d <= grid).map((d) => this.clock(d))));
    }
    const k = regularity(shares);
    this.#regularity.set(grid, k);
    return k;
  }

  /** `asOf` must be a day number within the days known. */
  at(asOf: number): OracleDay {
    const own = new Map<string, OwnMeasures>();
    for (const [account, history] of this.#histories) {
      if (history.firstFact <= asOf) own.set(account, this.#own(account, history, asOf));
    }
    const peers = [...own.values()].filter((m) => m.days182 > 0);
    const sorted = Float64Array.from(peers, (m) => m.revenue364).sort();
    const onboarding = this.#onboardingRank(asOf);
    const measures = new Map<string, Measures>();
    for (const [account, m] of own) {
      const standing = peers.length < MIN_PEERS ? 50 : midRank(sorted, m.revenue364);
      measures.set(account, Object.assign(m, { standing, onboarding: onboarding(m) })); // a copy per account-day would double the golden run
    }
    const { milestone } = this.#facts;
    const relative = {
      k: this.regularity(asOf),
      vbar: typicalDayValue(peers),
      milestoneSet: milestone !== undefined,
      medianTtfvDays: milestone?.medianTtfvDays ?? null,
    };
    return { relative, measures };
  }

  #own(account: string, history: History, asOf: number): OwnMeasures {
    const days = history.days.slice(0, countUpTo(history.days, asOf));
    const firstDay = days[0] ?? null;
    const lastDay = days.at(-1) ?? null;
    const yearFirstDay = days[countUpTo(days, asOf - 364)] ?? null;
    const within = (from: number, to = 0) => countUpTo(days, asOf - to) - countUpTo(days, asOf - from);
    const net = (from: number, to = 0) => cents(revenueUpTo(history, asOf - to) - revenueUpTo(history, asOf - from));
    const revenue = (from: number, to = 0) => Math.max(0, net(from, to));
    const start = this.#facts.startDay?.get(account) ?? history.firstFact;
    const reached = this.#facts.milestoneDay?.get(account);
    return {
      asOf,
      firstDay,
      lastDay,
      yearFirstDay,
      ageDays: asOf - start,
      usageDaysEver: days.length,
      days28: within(28),
      days84: within(84),
      days182: within(182),
      days364: within(364),
      daysPrior84: within(112, 28),
      revenue28: revenue(28),
      revenue84: revenue(84),
      revenue90: revenue(90),
      revenue364: revenue(364),
      revenuePrior84: revenue(168, 84),
      clockSilent: lastDay === null ? 0 : this.clock(asOf) - this.clock(lastDay),
      clockSpan: lastDay === null || yearFirstDay === null ? 0 : this.clock(lastDay) - this.clock(yearFirstDay),
      ...this.#meters(account, asOf),
      weeks: WEEK_ENDS.map((end) => net(end + 7, end)),
      ttfvDays: reached === undefined || reached > asOf ? null : Math.max(0, reached - start),
    };
  }

  #meters(account: string, asOf: number): Pick<Measures, 'meters28' | 'metersPrior84'> {
    const all = this.#facts.meterDays;
    if (!all) return { meters28: null, metersPrior84: null };
    const meters = [...(all.get(account)?.values() ?? [])];
    const active = (from: number, to: number) => meters.filter((days) => days.some((d) => d > asOf - from && d <= asOf - to)).length;
    return { meters28: active(28, 0), metersPrior84: active(112, 28) };
  }

  /** onb of score.md 5: among accounts started in the last 364 days that have reached the same age, each taken at that age. */
  #onboardingRank(asOf: number): (m: OwnMeasures) => number {
    const started = [...this.#histories.values()].flatMap(({ days }) => {
      const first = days[0];
      return first !== undefined && first > asOf - 364 && first <= asOf ? [{ first, days }] : [];
    });
    const atAge = new Map<number, Float64Array>();
    return ({ firstDay, usageDaysEver }) => {
      const age = firstDay === null ? Infinity : asOf - firstDay + 1;
      if (age > ONBOARDING_AGE_CAP) return 50;
      const known = atAge.get(age);
      const reached = known ?? Float64Array.from(started.filter((a) => asOf - a.first + 1 >= age).map((a) => countUpTo(a.days, a.first + age - 1))).sort();
      if (!known) atAge.set(age, reached);
      return reached.length < MIN_ONBOARDING_PEERS ? 50 : midRank(reached, usageDaysEver);
    };
  }
}

/** Days between the end of each of the 24 weeks and the as-of day, oldest first. */
const WEEK_ENDS = Array.from({ length: 24 }, (_, i) => 7 * (23 - i));

const historiesOf = (rows: readonly UsageRow[]): Map<string, History> =>
  new Map(
    [...Map.groupBy(rows, (row) => row.account)].map(([account, own]) => {
      const dated = own.map((row) => ({ ...row, at: dayNumber(row.day) }));
      const firstFact = dated.reduce((a, row) => Math.min(a, row.at), Infinity);
      const lastFact = dated.reduce((a, row) => Math.max(a, row.at), -Infinity);
      const revenueTo = new Float64Array(lastFact - firstFact + 1);
      for (const row of dated) revenueTo[row.at - firstFact] = (revenueTo[row.at - firstFact] ?? 0) + row.revenue;
      for (let i = 1; i < revenueTo.length; i++) revenueTo[i] = (revenueTo[i] ?? 0) + (revenueTo[i - 1] ?? 0);
      const days = [...new Set(dated.filter((row) => row.events > 0).map((row) => row.at))].sort((a, b) => a - b);
      return [account, { days, firstFact, lastFact, revenueTo }];
    }),
  );

const revenueUpTo = (history: History, day: number): number =>
  day < history.firstFact ? 0 : (history.revenueTo[Math.min(day, history.lastFact) - history.firstFact] ?? 0);

/** How many of the ascending days are on or before `day`. */
const countUpTo = (days: readonly number[], day: number): number => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
};

const cents = (amount: number): number => Math.round(amount * 100) / 100;
