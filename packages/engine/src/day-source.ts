import { type Day, dayNumber } from '@tideline/domain/calendar';
import { regularity, workspaceClock } from '@tideline/domain/clock';
import { KnownHistory, type LateDay } from '@tideline/domain/known-history';
import type { Starter } from '@tideline/domain/peer-group';
import { measuresOn, sharesAt, starterBits, usageDays, type UsageHistory, weeksOf } from '@tideline/domain/usage-history';
import type { Scoring } from '@tideline/db/read/scoring';
import { type AccountHistory, countAccountDays, readHistories } from '@tideline/db/read/usage-history';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { type Clock, regularityAt } from '@tideline/db/write/clock';
import { type AccountSignal, readSignals, readStarters } from '@tideline/db/write/signal';
import { carryWeeks, keepWeeks } from '@tideline/db/write/weeks';

/** Where a complete day's measures come from: the database as it stands, or a whole workspace held in memory for a walk over many days. */
export type DaySource = {
  /** The first day of the workspace clock. */
  firstDay: () => number;
  signals: (day: Day) => AccountSignal[] | Promise<AccountSignal[]>;
  /** The last 24 weeks of accounts that have them at hand, asked for or not; after the signals of the day. */
  weeksAtHand: (day: Day) => Weeks | Promise<Weeks>;
  /** Those of the others that are asked for. */
  weeks: (day: Day, accountIds: readonly string[]) => Weeks | Promise<Weeks>;
  /** Usage days of the first 60, as bits. */
  starters: (started: readonly { accountId: string; first: number }[]) => Bits | Promise<Bits>;
  /** k of a grid day. */
  regularity: (grid: Day) => number | Promise<number>;
};
/** Each day as it was known on it; `histories` as of the last day that was asked for. */
export type KnownDays = DaySource & { readonly histories: ReadonlyMap<string, UsageHistory> };
type Weeks = ReadonlyMap<string, number[]>;
type Bits = ReadonlyMap<string, Omit<Starter, 'age'>>;
type Reading = Pick<Scoring, 'priced' | 'manyMeters'>;

/** Account-days that one process holds; a larger workspace is read day by day. */
const MOST_ROWS = 1_500_000;

/** By SQL, as everything is known now; days in order are carried from one to the next. */
export const storedDays = (tx: WorkspaceTx, { priced, manyMeters }: Reading, clock: Clock): DaySource => ({
  firstDay: () => dayNumber(clock.firstDay),
  signals: (day) => readSignals(tx, { use: day, money: day, accountIds: null, priced, manyMeters, ticks: clock.ticks }),
  weeksAtHand: (day) => carryWeeks(tx, day),
  weeks: (day, ids) => keepWeeks(tx, day, { priced }, ids),
  starters: async (started) => {
    const rows = await readStarters(
      tx,
      started.map(({ accountId }) => accountId),
    );
    return new Map(rows.map((row) => [row.accountId, row]));
  },
  regularity: (grid) => regularityAt(tx, grid),
});

/** From memory, as everything is known now; null where the workspace is too large to hold. */
export const heldDays = async (tx: WorkspaceTx, through: Day, reading: Reading, clock: Clock): Promise<DaySource | null> => {
  if ((await countAccountDays(tx, through, MOST_ROWS)) > MOST_ROWS) return null;
  const accounts = await readHistories(tx, through, reading);
  const held: Held = { accounts, histories: new Map(accounts.map(({ accountId, history }) => [accountId, history])) };
  return fromMemory(
    () => held,
    () => ({ first: dayNumber(clock.firstDay), ticks: clock.ticks }),
    reading,
  );
};

type Held = {
  readonly accounts: readonly AccountHistory[];
  readonly histories: ReadonlyMap<string, UsageHistory>;
  /** First day of an account that began with usage, as far as it was known by then. */
  readonly starts?: ReadonlyMap<string, number>;
};
type HeldClock = { readonly first: number; readonly ticks: (day: number) => number };

const fromMemory = (at: (day: number) => Held, clockOf: () => HeldClock, { manyMeters }: Reading): DaySource => {
  let held: Held | null = null;
  const historyOf = (id: string) => held?.histories.get(id);
  return {
    firstDay: () => clockOf().first,
    signals: (day) => {
      const asOf = dayNumber(day);
      held = at(asOf);
      const { histories, starts } = held;
      const { ticks } = clockOf();
      return held.accounts.flatMap(({ accountId, live, stand, traits, history }) => {
        const own = measuresOn(histories.get(accountId) ?? history, { ...stand, start: starts?.get(accountId) ?? stand.start }, asOf, { ticks, manyMeters });
        return own ? [{ accountId, live, own: { ...own.measures, traits }, netRevenue28: own.net28.toFixed(2) }] : [];
      });
    },
    weeksAtHand: () => new Map(),
    weeks: (day, ids) =>
      new Map(
        ids.flatMap((id) => {
          const history = historyOf(id);
          return history ? [[id, weeksOf(history, dayNumber(day))] as const] : [];
        }),
      ),
    starters: (started) =>
      new Map(
        started.flatMap(({ accountId }) => {
          const history = historyOf(accountId);
          return history ? [[accountId, starterBits(history)] as const] : [];
        }),
      ),
    regularity: (grid) => {
      const { accounts, histories } = (held ??= at(dayNumber(grid)));
      const { ticks } = clockOf();
      return regularity(
        accounts.flatMap(({ accountId, live, history }) => (live ? sharesAt(histories.get(accountId) ?? history, dayNumber(grid), ticks) : [])),
      );
    },
  };
};

/**
 * From memory, each day as it was known on that day: what came late is there from the day it came on, and the workspace clock
 * counts what it could count. Days must be asked for in order.
 */
export const knownDays = (accounts: readonly AccountHistory[], late: readonly LateDay[], through: Day, reading: Reading): KnownDays => {
  const lateOf = Map.groupBy(late, ({ accountId }) => accountId);
  const walks = new Map<string, KnownHistory>();
  const histories = new Map<string, UsageHistory>();
  const starts = new Map<string, number>();
  for (const { accountId, history, stand } of accounts) {
    const own = lateOf.get(accountId);
    if (own) walks.set(accountId, new KnownHistory(usageDays(history), own));
    const earliest = Math.min(history.days[0] ?? Infinity, ...(own ?? []).map(({ day }) => day));
    if (own && earliest === stand.start) starts.set(accountId, walks.get(accountId)?.first ?? earliest);
    histories.set(accountId, walks.get(accountId)?.on(-Infinity).history ?? history);
  }
  const held: Held = { accounts, histories, starts };
  const clock = knownClock(held, late, dayNumber(through));
  const source = fromMemory(
    (day) => {
      for (const [accountId, walk] of walks) {
        const { history, moved } = walk.on(day);
        if (!moved) continue;
        clock.replace(accountId, history);
        histories.set(accountId, history);
        if (starts.has(accountId)) starts.set(accountId, walk.first);
      }
      return held;
    },
    clock.now,
    reading,
  );
  return { ...source, histories };
};

/** The workspace clock over histories that may change: counted anew where one did. */
const knownClock = ({ accounts, histories }: Held, late: readonly LateDay[], through: number) => {
  const live = new Set(accounts.flatMap(({ accountId, live: isLive }) => (isLive ? [accountId] : [])));
  const firstKept = accounts.reduce((least, { history }) => Math.min(least, history.days[0] ?? least), through);
  const first = late.reduce((least, { day }) => Math.min(least, day), firstKept);
  const active = new Int32Array(through - first + 1);
  const count = (history: UsageHistory | undefined, by: 1 | -1) => {
    for (const day of history?.usedDays ?? []) if (day <= through) active[day - first] = (active[day - first] ?? 0) + by;
  };
  for (const id of live) count(histories.get(id), 1);
  let ready: HeldClock | null = null;
  const build = (): HeldClock => {
    const from = active.findIndex((accountsUsed) => accountsUsed > 0);
    if (from === -1) return { first: through, ticks: () => 0 };
    const clock = workspaceClock(active.subarray(from));
    return { first: first + from, ticks: (day) => (day < first + from ? 0 : (clock[Math.min(day - first - from, clock.length - 1)] ?? 0)) };
  };
  return {
    now: (): HeldClock => (ready ??= build()),
    replace: (accountId: string, history: UsageHistory): void => {
      if (!live.has(accountId)) return;
      count(histories.get(accountId), -1);
      count(history, 1);
      ready = null;
    },
  };
};
