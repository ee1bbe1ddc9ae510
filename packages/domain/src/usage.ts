import type { Day } from './calendar.ts';
import { contributionOf, type Aggregation, type MeterDefinition } from './meter.ts';
import type { MeterEvent } from './condition.ts';
import { Decimal, decimal, exactSum, type ExactSum, toText, ZERO } from './money.ts';

/** A fact as daily usage sees it. `key` is its identity as hex text; it settles which of two facts at one instant is the last. */
export type DatedFact = {
  readonly key: string;
  readonly accountId: string;
  readonly atMs: number;
  /** When it happened, in the workspace's zone. */
  readonly day: Day;
  /** When it counts as known; after `day`: the fact is late. */
  readonly knownOn: Day;
  readonly event: MeterEvent;
};
export type MeterVersion = { readonly id: string; readonly meter: MeterDefinition };

export type LateUsage = { knownOn: Day; quantity: Decimal; active: number };
/** One figure of a gauge (`MAX`, `LAST`) with the order it became known in; null: on time. */
export type Reading = { readonly knownOn: Day | null; readonly atMs: number; readonly key: string; readonly figure: Decimal };

/** What a batch of facts does to one account, meter version and day. */
export type DayTally = {
  readonly accountId: string;
  readonly versionId: string;
  readonly aggregation: Aggregation;
  readonly day: Day;
  /** To add, for SUM and COUNT. */
  readonly quantity: ExactSum;
  active: number;
  lastMs: number;
  lastKey: string;
  /** The part that became known after its day, by the day it did. */
  readonly late: Map<Day, LateUsage>;
  /** UNIQUE: value → the day it became known, null when on time. Only values new to the day add 1 each. */
  readonly unique: Map<string, Day | null>;
  /** MAX and LAST: to be settled against what the day holds. */
  readonly readings: Reading[];
};

/** Facts × meters → what changes, one tally per account, meter version and day, sorted by that key. */
export const tallyFacts = (facts: readonly DatedFact[], versions: readonly MeterVersion[]): DayTally[] => {
  const tallies = new Map<string, DayTally>();
  for (const { id, meter } of versions) {
    for (const fact of facts) {
      const given = fact.event.event === meter.eventName ? contributionOf(fact.event, meter) : null;
      if (!given) continue;
      const name = `${fact.accountId}${id}${fact.day}`;
      let tally = tallies.get(name);
      if (!tally) {
        tally = emptyTally(fact, id, meter.aggregation);
        tallies.set(name, tally);
      }
      addFact(tally, fact, given);
    }
  }
  return [...tallies.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
};

const emptyTally = (fact: DatedFact, versionId: string, aggregation: Aggregation): DayTally => ({
  accountId: fact.accountId,
  versionId,
  aggregation,
  day: fact.day,
  quantity: exactSum(),
  active: 0,
  lastMs: fact.atMs,
  lastKey: fact.key,
  late: new Map(),
  unique: new Map(),
  readings: [],
});

const addFact = (tally: DayTally, fact: DatedFact, given: { quantity: string; unique: string | null; active: boolean }): void => {
  const lateOn = fact.knownOn > fact.day ? fact.knownOn : null;
  if (isLater(fact.atMs, fact.key, tally.lastMs, tally.lastKey)) {
    tally.lastMs = fact.atMs;
    tally.lastKey = fact.key;
  }
  if (given.active) tally.active += 1;
  if (lateOn && given.active) lateUsage(tally, lateOn).active += 1;
  if (given.unique !== null) {
    const known = tally.unique.get(given.unique);
    if (known === undefined || (known !== null && (lateOn === null || lateOn < known))) tally.unique.set(given.unique, lateOn);
  } else if (tally.aggregation === 'MAX' || tally.aggregation === 'LAST') {
    tally.readings.push({ knownOn: lateOn, atMs: fact.atMs, key: fact.key, figure: decimal(given.quantity) });
  } else {
    tally.quantity.add(given.quantity);
    if (lateOn) addLate(tally, lateOn, decimal(given.quantity));
  }
};

const lateUsage = (tally: DayTally, knownOn: Day): LateUsage => {
  const found = tally.late.get(knownOn) ?? { knownOn, quantity: ZERO, active: 0 };
  tally.late.set(knownOn, found);
  return found;
};

/** Books a quantity as known from a later day on. */
export const addLate = (tally: DayTally, knownOn: Day, quantity: Decimal): void => {
  const late = lateUsage(tally, knownOn);
  late.quantity = late.quantity.plus(quantity);
};

/** Whether the first of two facts is the later one: by instant, then by key. */
export const isLater = (atMs: number, key: string, thanMs: number, thanKey: string): boolean => atMs > thanMs || (atMs === thanMs && key > thanKey);

/** What the day of a gauge holds; null: nothing yet. */
export type GaugeState = { readonly quantity: Decimal; readonly atMs: number; readonly key: string } | null;

/**
 * Settles the readings of a gauge against what its day holds, in the order they became known, and books each
 * late change as new − old. Answers the day's new quantity and its last fact.
 */
export const settleGauge = (tally: DayTally, before: GaugeState): NonNullable<GaugeState> => {
  let state = before;
  for (const reading of tally.readings.toSorted(byKnown)) {
    const later = state === null || isLater(reading.atMs, reading.key, state.atMs, state.key);
    const old: Decimal = state?.quantity ?? ZERO;
    const quantity: Decimal = state === null ? reading.figure : tally.aggregation === 'MAX' ? Decimal.max(old, reading.figure) : later ? reading.figure : old;
    if (reading.knownOn && !quantity.eq(old)) addLate(tally, reading.knownOn, quantity.minus(old));
    state = later || state === null ? { quantity, atMs: reading.atMs, key: reading.key } : { ...state, quantity };
  }
  if (!state) throw new Error('settleGauge needs at least one reading');
  return state;
};

/** What a day holds when the tally is all there is of it: quantity as decimal text, and facts that count as activity. */
export const countedTally = (tally: DayTally): { quantity: string; active: number } => {
  const quantity = tally.readings.length > 0 ? settleGauge(tally, null).quantity : tally.quantity.total().plus(tally.unique.size);
  return { quantity: toText(quantity), active: tally.active };
};

const byKnown = (a: Reading, b: Reading): number => {
  const [one, other] = [a.knownOn ?? '', b.knownOn ?? ''];
  if (one !== other) return one < other ? -1 : 1;
  return isLater(a.atMs, a.key, b.atMs, b.key) ? 1 : -1;
};
