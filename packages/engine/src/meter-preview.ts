import type { meterOperations } from '@tideline/contracts/meter';
import type { BodyOf, ReplyOf } from '@tideline/contracts/operation';
import { countAccounts } from '@tideline/db/read/account-count';
import { meteringOf } from '@tideline/db/read/metering';
import { presentDays } from '@tideline/db/read/meter-present';
import { factsWithin, type WalkPlace } from '@tideline/db/read/raw-fact';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { todayOf } from '@tideline/domain/as-of';
import { addDays, type Day, daysFromTo, maxDay, startOfDay } from '@tideline/domain/calendar';
import { contributionOf, type MeterDefinition, meterOf } from '@tideline/domain/meter';
import { previewSums } from '@tideline/domain/meter-preview';
import { type DatedFact, tallyFacts } from '@tideline/domain/usage';
import type { Deps, Who } from './deps.ts';
import { meterIn, sound } from './meter.ts';
import { DISCOVERY_DAYS } from './uncounted.ts';

type Preview = ReplyOf<(typeof meterOperations)['previewMeter']>;
type Bounds = { size: number; timeMs: number };

/** Events of one statement, and after how long the walk ends with the accounts it has counted. */
const BOUNDS: Bounds = { size: 20_000, timeMs: 2_500 };
/** The first account may take so many times as long. */
const LONGEST = 4;

/**
 * What a definition would have counted over the last 90 days, by the function that ingest and refill count with. Account
 * by account, each whole; ids are random, so where time runs out what was counted is a fair sample of the accounts.
 */
export const previewMeter = async (
  deps: Deps,
  who: Who,
  { meterId, countsActivity, ...given }: BodyOf<(typeof meterOperations)['previewMeter']>,
  bounds: Bounds = BOUNDS,
): Promise<Preview> => {
  const meter = sound(meterOf({ ...given, countsAsActivity: countsActivity }));
  return withWorkspace(
    deps.db,
    who.workspaceId,
    async (tx) => {
      const current = meterId === undefined ? null : (await meterIn(tx, meterId)).current;
      const metering = await meteringOf(tx);
      const to = todayOf(metering, deps.now());
      const span = { from: addDays(to, 1 - DISCOVERY_DAYS), to, rawFrom: metering.rawFrom, timezone: metering.timezone };
      const { sums, until, events, counted } = await walk(tx, meter, span, () => deps.now().getTime(), bounds);
      const present = current && (await presentDays(tx, current, span, until));
      const { done, total: of } = await countAccounts(tx, until);
      return {
        from: span.from,
        to,
        days: daysFromTo(span.from, to).map((day) => ({
          day,
          quantity: span.rawFrom !== null && day < span.rawFrom ? null : (sums.quantity.get(day) ?? '0'),
          present: present && (present.days.get(day) ?? '0'),
        })),
        total: sums.total,
        presentTotal: present && present.total,
        accounts: sums.accounts,
        activeDays: sums.activeDays,
        events,
        counted,
        looked: { accounts: until === null ? of : done - 1, of },
      };
    },
    { timeoutMs: 30_000 },
  );
};

type Span = { from: Day; to: Day; rawFrom: Day | null; timezone: string };

/** Counts account by account; those from `until` on were not counted, null: all were. */
const walk = async (tx: WorkspaceTx, meter: MeterDefinition, span: Span, clock: () => number, { size, timeMs }: Bounds) => {
  const first = span.rawFrom === null ? span.from : maxDay(span.rawFrom, span.from);
  const zone = { timezone: span.timezone, from: startOfDay(first, span.timezone), until: startOfDay(addDays(span.to, 1), span.timezone) };
  const [total, started] = [previewSums(meter.aggregation), clock()];
  let [events, counted] = [0, 0];
  /** Facts of the account that is being read: it is counted whole or not at all. */
  let open: DatedFact[] = [];
  let [after, begun]: [WalkPlace | null, string | null] = [null, null];
  for (;;) {
    const { facts, next }: Awaited<ReturnType<typeof factsWithin>> = await factsWithin(tx, meter.eventName, zone, after, size);
    const read = [...open, ...facts];
    const whole = read.filter(({ accountId }) => accountId !== next?.accountId);
    open = read.filter(({ accountId }) => accountId === next?.accountId);
    events += whole.length;
    counted += whole.filter(({ event }) => contributionOf(event, meter) !== null).length;
    total.add(tallyFacts(whole, [{ id: 'preview', meter }]));
    if (next === null) return { sums: total.sums(), until: null, events, counted };
    begun ??= next.accountId;
    const patience = begun === next.accountId ? timeMs * LONGEST : timeMs;
    if (clock() - started > patience) return { sums: total.sums(), until: next.accountId, events, counted };
    after = next;
  }
};
