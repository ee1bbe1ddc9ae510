import { addMonths, type Month, monthsBetween } from './calendar.ts';
import { Decimal, decimal, type DecimalText, sum, toText, ZERO } from './money.ts';

export type MovementKind = 'new' | 'expansion' | 'reactivation' | 'resumed' | 'contraction' | 'churn' | 'paused' | 'pause_lapsed' | 'net_credits';

/**
 * Why revenue changed from one month to the next (metrics.md, Movements), in the order of the bridge.
 * `sign`: how the amount, itself never negative but for credits, enters the bridge. A lapsed pause moves no
 * money: the pause took it out, and its month stays as reported.
 */
export const movements = {
  new: { label: 'New', sign: 1, words: 'first revenue ever' },
  expansion: { label: 'Expansion', sign: 1, words: 'more than the month before' },
  reactivation: { label: 'Reactivation', sign: 1, words: 'back after churn' },
  resumed: { label: 'Resumed', sign: 1, words: 'back after a pause' },
  contraction: { label: 'Contraction', sign: -1, words: 'less than the month before' },
  churn: { label: 'Churn', sign: -1, words: 'gone, and silent long enough to be sure' },
  paused: { label: 'Paused', sign: -1, words: 'nothing this month, too early to call it churn' },
  pause_lapsed: { label: 'Pause turned churn', sign: 0, words: 'a pause that lasted: one customer lost, the money left earlier' },
  net_credits: { label: 'Net credits', sign: 1, words: 'change of credits beyond usage' },
} as const satisfies Record<MovementKind, { label: string; sign: 1 | 0 | -1; words: string }>;
export const MOVEMENT_KINDS = Object.keys(movements) as MovementKind[];
export const isMovementKind = (text: string): text is MovementKind => Object.hasOwn(movements, text);

/** What an account is after a month: decides what revenue from nothing is called. */
export type Standing = 'never' | 'earning' | 'contracted' | 'paused' | 'churned';
export const STARTING: Standing = 'never';

/** One month of one account. `revenue` net of credits; `used`: any usage in the month; `inactive`: the inactivity rule holds at its end. */
export type AccountMonth = { readonly month: Month; readonly revenue: DecimalText; readonly used: boolean; readonly inactive: boolean };

/** `amount` in money; `logos` 1 where the account counts as one customer of that movement. */
export type Movement = { readonly month: Month; readonly kind: MovementKind; readonly amount: DecimalText; readonly logos: 0 | 1 };

const risen = { never: 'new', earning: 'expansion', contracted: 'expansion', paused: 'resumed', churned: 'reactivation' } as const satisfies Record<
  Standing,
  MovementKind
>;

/** The movement of one month, by the table of metrics.md: base and now are revenue of the two months, at least 0. */
const judge = (standing: Standing, base: Decimal, now: Decimal, { used, inactive }: AccountMonth): { kind: MovementKind | null; standing: Standing } => {
  if (now.gt(0)) {
    if (now.eq(base)) return { kind: null, standing: 'earning' };
    return { kind: now.gt(base) ? risen[base.gt(0) ? 'earning' : standing] : 'contraction', standing: 'earning' };
  }
  if (base.gt(0)) {
    if (inactive) return { kind: 'churn', standing: 'churned' };
    return used ? { kind: 'contraction', standing: 'contracted' } : { kind: 'paused', standing: 'paused' };
  }
  return standing === 'paused' && inactive ? { kind: 'pause_lapsed', standing: 'churned' } : { kind: null, standing };
};

const above = (revenue: Decimal): Decimal => Decimal.max(revenue, ZERO);
const below = (revenue: Decimal): Decimal => Decimal.min(revenue, ZERO);

/** What a run of months starts from: the account's standing and revenue in the month before the first of them. */
export type Before = { readonly standing: Standing; readonly revenue: DecimalText };
const NOTHING: Before = { standing: STARTING, revenue: '0' };

/**
 * The movements of one account. `months` follow each other without gaps (a month without revenue is a month of "0").
 * To restate from some month on, pass what stood before it. Throws a RangeError on a gap.
 */
export const movementsOf = (months: readonly AccountMonth[], before: Before = NOTHING): { movements: Movement[]; after: Before } => {
  const found: Movement[] = [];
  let { standing, revenue } = before;
  for (const [i, month] of months.entries()) {
    const previous = months[i - 1];
    if (previous && monthsBetween(previous.month, month.month) !== 1)
      throw new RangeError(`movements need every month: ${month.month} follows ${previous.month}`);
    const [was, is] = [decimal(revenue), decimal(month.revenue)];
    const verdict = judge(standing, above(was), above(is), month);
    if (verdict.kind) found.push({ month: month.month, kind: verdict.kind, amount: toText(above(is).minus(above(was)).abs()), logos: 1 });
    const credits = below(is).minus(below(was));
    if (!credits.isZero()) found.push({ month: month.month, kind: 'net_credits', amount: toText(credits), logos: 0 });
    ({ standing } = verdict);
    ({ revenue } = month);
  }
  return { movements: found, after: { standing, revenue } };
};

/**
 * The same months as windows of 3 or 12, the last one ending with `last`: the movement table then reads base and now
 * as sums over the window and the window before it. A window is named by its last month; the first may start before
 * the account did. Feed the result to `windowMovementsOf`.
 */
export const windowsOf = (months: readonly AccountMonth[], length: 3 | 12, last: Month): AccountMonth[] => {
  const windows = new Map<number, AccountMonth[]>();
  for (const month of months) {
    const ago = monthsBetween(month.month, last);
    if (ago < 0) continue;
    const index = Math.floor(ago / length);
    windows.set(index, [...(windows.get(index) ?? []), month]);
  }
  const oldest = Math.max(-1, ...windows.keys());
  return Array.from({ length: oldest + 1 }, (_, i) => {
    const own = windows.get(oldest - i) ?? [];
    const revenue = toText(sum(own.map((one) => one.revenue)));
    return { month: addMonths(last, -(oldest - i) * length), revenue, used: own.some((one) => one.used), inactive: own.at(-1)?.inactive ?? true };
  });
};

/** Movements between windows of 3 or 12 months ending with `last`; each named by the window's last month. */
export const windowMovementsOf = (months: readonly AccountMonth[], length: 3 | 12, last: Month): Movement[] => {
  let before = NOTHING;
  return windowsOf(months, length, last).flatMap((window) => {
    const step = movementsOf([window], before);
    before = step.after;
    return step.movements;
  });
};

export type BridgeLine = { readonly kind: MovementKind; readonly amount: DecimalText; readonly logos: number };
/** Opening, what moved, closing; `holds` says whether they add up to the cent, which they must. */
export type Bridge = { readonly opening: DecimalText; readonly lines: readonly BridgeLine[]; readonly closing: DecimalText; readonly holds: boolean };

/** The bridge of a month and slice from summed movements: every kind one line, in order, 0 where nothing moved. */
export const bridgeOf = (opening: DecimalText, moved: readonly { kind: MovementKind; amount: DecimalText; logos: number }[], closing: DecimalText): Bridge => {
  const lines = MOVEMENT_KINDS.map((kind) => {
    const own = moved.filter((one) => one.kind === kind);
    return { kind, amount: toText(sum(own.map((one) => one.amount))), logos: own.reduce((n, one) => n + one.logos, 0) };
  });
  const end = lines.reduce((total, line) => total.plus(decimal(line.amount).times(movements[line.kind].sign)), decimal(opening));
  return { opening, lines, closing, holds: end.eq(closing) };
};

/** The line that joins a slice's closing to its next opening: accounts that changed owner, plan, segment in between. */
export const movedBetweenSlices = (closing: DecimalText, nextOpening: DecimalText): DecimalText => toText(decimal(nextOpening).minus(closing));

/** `ratio` null with `noLosses` false: nothing was gained or lost. */
export type QuickRatio = { readonly ratio: number | null; readonly noLosses: boolean };

/** (new + expansion + reactivation) ÷ (contraction + churn); pauses and resumptions stay apart. Without losses there is no ratio, only "no losses". */
export const quickRatio = (bridge: Pick<Bridge, 'lines'>): QuickRatio => {
  const of = (...kinds: MovementKind[]) => sum(bridge.lines.filter((line) => kinds.includes(line.kind)).map((line) => line.amount));
  const [gains, losses] = [of('new', 'expansion', 'reactivation'), of('contraction', 'churn')];
  return losses.isZero() ? { ratio: null, noLosses: gains.gt(0) } : { ratio: gains.div(losses).toNumber(), noLosses: false };
};
