import { addMonths, lastDayOf, lastFullMonth, monthOf, monthsFromTo, type Day, type Month } from '@tideline/domain/calendar';
import { isInactive } from '@tideline/domain/inactivity';
import { decimal, sum, toText } from '@tideline/domain/money';
import { fullMonths, retentionSpans } from '@tideline/domain/retention';
import { movementsOf, windowMovementsOf, type AccountMonth } from '@tideline/domain/revenue';
import {
  accountsWithMonths,
  liveFingerprint,
  monthsOfAccounts,
  quietMonths,
  revenueState,
  type AccountMonths,
  type QuietMonth,
} from '@tideline/db/read/revenue-month';
import { firstRevenueDay, revenueSums } from '@tideline/db/read/revenue-sums';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { lockScoring } from '@tideline/db/write/day-close';
import { keepAsClosed, markRevenueStale, markSettled, sumMonths, writeMovements, writeSums, writeWindows } from '@tideline/db/write/revenue';
import type { DirtyAccount, MovementRow, WindowRow } from '@tideline/db/write/revenue';
import type { Deps } from './deps.ts';

/** Windows kept per account: the definitions whose cohort is "earned in the base window". */
export const REVENUE_SPANS = ['trailing_12', 'quarter_year_ago', 'quarter_on_quarter', 'month_year_ago'] as const;
/** Of them, those whose windows follow each other, so that movements between them mean something. */
const BRIDGED = { trailing_12: 12, quarter_on_quarter: 3 } as const;

/** Accounts judged at a time: what they bring fits in memory and in one statement. */
const PAGE = 2_000;

/**
 * Months of these accounts from their changed day on, and, where a full month is among them, their movements and
 * windows. Call it in the transaction that wrote `account_day`, after rating. Idempotent. Sums follow in `settleRevenue`.
 */
export const restateRevenue = async (tx: WorkspaceTx, dirty: readonly DirtyAccount[], asOf: Day): Promise<void> => {
  if (dirty.length === 0) return;
  await sumMonths(tx, dirty);
  const last = lastFullMonth(asOf);
  const past = dirty.filter((one) => monthOf(one.fromDay) <= last);
  const [first] = past.map((one) => monthOf(one.fromDay)).toSorted();
  if (first === undefined) return; // the running month has no movements before its end
  for (let i = 0; i < past.length; i += PAGE) {
    await judgeAccounts(
      tx,
      past.slice(i, i + PAGE).map((one) => one.accountId),
      last,
    );
  }
  await markRevenueStale(tx, first);
};

/** Movements and windows of these accounts as they stand at the end of `last`. */
const judgeAccounts = async (tx: WorkspaceTx, accountIds: readonly string[], last: Month): Promise<void> => {
  const quiet = new Map<string, QuietMonth[]>();
  for (const one of await quietMonths(tx, accountIds, last)) quiet.set(one.accountId, [...(quiet.get(one.accountId) ?? []), one]);
  const moved: MovementRow[] = [];
  const windows: WindowRow[] = [];
  for (const account of await monthsOfAccounts(tx, accountIds, last)) {
    const months = everyMonth(account, quiet.get(account.accountId) ?? [], last);
    for (const one of movementsOf(months).movements) moved.push({ accountId: account.accountId, ...one });
    windows.push(...windowsOfAccount(account, months, last));
  }
  await writeMovements(tx, accountIds, moved);
  await writeWindows(tx, accountIds, windows);
};

/** No gaps, as movements need it. A month with revenue never counts as silent. */
const everyMonth = ({ months, amounts, usageDays }: AccountMonths, quiet: readonly QuietMonth[], last: Month): AccountMonth[] => {
  const [first] = months;
  if (first === undefined) return [];
  const at = new Map(months.map((month, i) => [month, i]));
  const gone = new Set(quiet.filter((one) => isInactive(one.silentDays, one.gap)).map((one) => one.month));
  return monthsFromTo(first, last).map((month) => {
    const i = at.get(month) ?? -1;
    return { month, revenue: amounts[i] ?? '0', used: (usageDays[i] ?? 0) > 0, inactive: gone.has(month) };
  });
};

const windowsOfAccount = ({ accountId }: AccountMonths, months: readonly AccountMonth[], last: Month): WindowRow[] =>
  REVENUE_SPANS.flatMap((span) => {
    const [point] = retentionSpans(span, last);
    if (!point) return [];
    const within = ({ from, to }: { from: Month; to: Month }) =>
      toText(sum(months.filter((one) => one.month >= from && one.month <= to).map((one) => one.revenue)));
    const [base, now] = [within(point.base), within(point.now)];
    const kind = span in BRIDGED ? kindOf(months, BRIDGED[span as keyof typeof BRIDGED], last, { base, now }) : null;
    return base === '0' && now === '0' && kind === null ? [] : [{ accountId, span, base, now, kind }];
  });

/** Only what follows nothing needs the windows before: whether it is new, resumed or a return. */
const kindOf = (months: readonly AccountMonth[], length: 3 | 12, last: Month, { base, now }: { base: string; now: string }): string | null => {
  const window = { month: last, revenue: now, used: months.slice(-length).some((one) => one.used), inactive: months.at(-1)?.inactive ?? true };
  const found = decimal(base).gt(0) ? movementsOf([window], { standing: 'earning', revenue: base }).movements : windowMovementsOf(months, length, last);
  return found.find((one) => one.month === last && one.kind !== 'net_credits')?.kind ?? null;
};

/**
 * Brings movements, windows and sums up to the last full month of `asOf`; cheap when nothing changed. Call it after each pass of rating and at the day close:
 * at a month's end it books what only the end of the month decides, such as a pause that turned churn.
 */
export const settleRevenue = async (deps: Pick<Deps, 'db' | 'now'>, workspaceId: string, asOf: Day): Promise<void> => {
  const last = lastFullMonth(asOf);
  const state = await withWorkspace(deps.db, workspaceId, revenueState);
  const moved = state.through !== last;
  if (!moved && state.staleFrom === null && state.accountsAt === state.latest) return;
  if (moved) await judgeEverybody(deps, workspaceId, last);
  await withWorkspace(deps.db, workspaceId, (tx) => sumUp(tx, last, deps.now()), { timeoutMs: 300_000 });
};

const judgeEverybody = async (deps: Pick<Deps, 'db'>, workspaceId: string, last: Month): Promise<void> => {
  for (let after: string | null = null; ;) {
    const from: string | null = after;
    const page = await withWorkspace(deps.db, workspaceId, async (tx) => {
      await lockScoring(tx); // else a late fact restated meanwhile would be judged away
      const ids = await accountsWithMonths(tx, from, PAGE);
      if (ids.length > 0) await judgeAccounts(tx, ids, last);
      return ids;
    });
    if (page.length < PAGE) return;
    after = page.at(-1) ?? null;
  }
};

/** Makes the sums of the months that changed; all of them when accounts came into or left the book. */
const sumUp = async (tx: WorkspaceTx, last: Month, at: Date): Promise<void> => {
  const state = await revenueState(tx);
  const members = await liveFingerprint(tx);
  const { newLogoMonths } = await workspaceSettings(tx);
  const firstDay = await firstRevenueDay(tx);
  if (firstDay !== null) {
    const first = monthOf(firstDay);
    const stale = [addMonths(last, 1), ...(state.staleFrom ? [state.staleFrom] : []), ...(state.through ? [addMonths(state.through, 1)] : [])].toSorted();
    const from = state.through === null || members !== state.members ? first : (stale[0] ?? first);
    await writeSums(tx, await revenueSums(tx, { first: firstFull(firstDay, last), from, last, newLogoMonths }), from, last);
    // A month counts as closed when its end went by here, not when its history was brought in.
    if (state.through !== null && state.through < last) await keepAsClosed(tx, addMonths(state.through, 1));
  }
  await markSettled(tx, { through: last, changes: state.changes, members, accountsAt: state.latest, at });
};

/** The first month that data cover wholly. */
export const firstFull = (firstDay: Day, last: Month): Month => addMonths(last, 1 - fullMonths(firstDay, lastDayOf(last)));
