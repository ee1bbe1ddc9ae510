import type { QueryOf } from '@tideline/contracts/operation';
import type { RevenueWindow, revenueOperations } from '@tideline/contracts/revenue';
import { memberNames } from '@tideline/db/read/member';
import { revenueState } from '@tideline/db/read/revenue-month';
import { firstRevenueDay, openingOf, revenueSums, storedSums, type RevenueScope, type RevenueSlice, type RevenueSum } from '@tideline/db/read/revenue-sums';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { addMonths, monthOf, monthsBetween, type Month } from '@tideline/domain/calendar';
import { decimal, ratio, sum, toText } from '@tideline/domain/money';
import { expansionShare, monthsUntilExpansionLeads } from '@tideline/domain/new-logo';
import {
  annualised,
  combinePoints,
  headlineFor,
  isRetentionKey,
  retentionDefinitions,
  retentionSpans,
  type RetentionKey,
  type RetentionSums,
} from '@tideline/domain/retention';
import { bridgeOf, isMovementKind, quickRatio } from '@tideline/domain/revenue';
import type { Deps, Who } from './deps.ts';
import { firstFull } from './revenue.ts';

type Query = QueryOf<(typeof revenueOperations)['getRevenue']>;

/** Sums by what they are about: figure, month, slice, value. */
type Sums = {
  at(figure: string, month: Month, value?: string): RevenueSum | undefined;
  of(figure: string, month?: Month): RevenueSum[];
  all: readonly RevenueSum[];
};
const indexed = (rows: readonly RevenueSum[]): Sums => {
  const key = (figure: string, month: Month, value: string) => `${figure}|${month}|${value}`;
  const plain = rows.filter((row) => row.slice === '');
  const byKey = new Map(plain.map((row) => [key(row.figure, row.month, row.value), row]));
  return {
    at: (figure, month, value = '') => byKey.get(key(figure, month, value)),
    of: (figure, month) => plain.filter((row) => row.figure === figure && (month === undefined || row.month === month)),
    all: rows,
  };
};

/** What a query narrows to; a CSM who sees only their own accounts gets those whatever the query says. */
export const scopeOf = (
  who: Who,
  query: { owner?: string | undefined; industry?: string | undefined; region?: string | undefined; plan?: string | undefined },
): RevenueScope => {
  const owner = query.owner === 'none' ? null : query.owner;
  const given = (value: string | undefined) => (value === '' ? null : value);
  return { ownerId: who.ownAccountsOf ?? owner, industry: given(query.industry), region: given(query.region), plan: given(query.plan) };
};
const isWhole = (scope: RevenueScope): boolean => Object.values(scope).every((value) => value === undefined);

/** What the sums stand on. */
type Ground = { sums: Sums; last: Month; first: Month; start: Month; newLogoMonths: number; months: number };

/** The sums as settled, or, for part of the accounts, made now. `through`: the last settled month; null before the first. */
export const groundOf = async (tx: WorkspaceTx, scope: RevenueScope, newLogoMonths: number, through: Month | null): Promise<Ground | null> => {
  const firstDay = through === null ? null : await firstRevenueDay(tx);
  if (through === null || firstDay === null) return null;
  const [first, start] = [firstFull(firstDay, through), monthOf(firstDay)];
  const rows = isWhole(scope) ? await storedSums(tx) : await revenueSums(tx, { first, from: start, last: through, newLogoMonths }, scope);
  return { sums: indexed(rows), last: through, first, start, newLogoMonths, months: Math.max(0, monthsBetween(first, through) + 1) };
};

/** The revenue screen. Numbers stand on the last settled month, so that they and the accounts behind them agree. */
export const revenuePage = (deps: Pick<Deps, 'db'>, who: Who, query: Query) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const settings = await workspaceSettings(tx);
    const state = await revenueState(tx);
    const ground = await groundOf(tx, scopeOf(who, query), settings.newLogoMonths, state.through);
    const names = await memberNames(tx);
    return {
      currency: settings.currency,
      target: settings.nrrTarget,
      newLogoMonths: settings.newLogoMonths,
      settledAt: state.settledAt?.toISOString() ?? null,
      ...(ground ? contentOf(ground, settings, query, names) : EMPTY),
    };
  });

/** One value of a slice, with what it adds to NRR − 100% in points. */
type SliceRow = {
  value: string;
  label: string;
  nrr: number | null;
  grr: number | null;
  logo: number | null;
  base: string;
  now: string;
  cohort: number;
  kept: number;
  points: number;
};
type SliceRows = Partial<Record<RevenueSlice, SliceRow[]>>;

const EMPTY = {
  month: null,
  firstMonth: null,
  fullMonths: 0,
  headline: null,
  missing: 6,
  bridge: null,
  bridgeMissing: 2,
  months: [],
  trend: { months: [], lines: [] },
  slices: { definition: null, eve: null, rows: {} as SliceRows },
  cohorts: [],
  growth: { points: [], leadsAfter: null },
  concentration: null,
};

const contentOf = (ground: Ground, settings: { nrrDefinition: string | null; nrrTarget: string }, query: Query, names: ReadonlyMap<string, string>) => {
  const { sums, last, first, months } = ground;
  const fixed = settings.nrrDefinition !== null && isRetentionKey(settings.nrrDefinition) ? settings.nrrDefinition : null;
  const found = headlineFor(months, fixed);
  const window = query.window ?? (months >= NEEDED.year ? 'year' : months >= NEEDED.quarter ? 'quarter' : 'month');
  const [top] = sums.of('top', last);
  return {
    month: last,
    firstMonth: first,
    fullMonths: months,
    headline: found.key === null ? null : headline(sums, found.key, last, settings.nrrTarget),
    missing: found.missing,
    bridge: bridgeFor(ground, window, query.month ?? last),
    bridgeMissing: Math.max(0, NEEDED[window] - months),
    months: lastMonths(ground, 12).flatMap((month) => bridgeFor(ground, 'month', month) ?? []),
    trend: trendOf(ground, found.key),
    slices: slicesOf(sums, found.key, last, names),
    cohorts: cohortsOf(sums, last),
    growth: growthOf(ground),
    concentration: top ? ratio(decimal(top.now), decimal(top.base)) : null,
  };
};

/** Full months a bridge takes. */
const NEEDED = { month: 2, quarter: 6, year: 24 } as const satisfies Record<RevenueWindow, number>;
/** Points a definition of several is read from under another name. */
const pointFigure = (key: RetentionKey): string => (key === 'datadog' ? 'month_year_ago' : key);
const NO_SUMS: RetentionSums = { base: '0', now: '0', minNowBase: '0', cohort: 0, kept: 0 };
const asRetention = (row: RevenueSum): RetentionSums => ({ base: row.base, now: row.now, minNowBase: row.keptBase, cohort: row.accounts, kept: row.kept });

/** A definition at the end of a month; null where a point of it is missing. */
const retentionAt = (sums: Sums, key: RetentionKey, month: Month) => {
  const { count, every } = retentionDefinitions[key].points;
  const rows = Array.from({ length: count }, (_, i) => sums.at(pointFigure(key), addMonths(month, -i * every)));
  if (rows.some((row) => row === undefined)) return null;
  return combinePoints(
    key,
    rows.map((row) => (row ? asRetention(row) : NO_SUMS)),
  );
};

const headline = (sums: Sums, key: RetentionKey, last: Month, target: string) => {
  const row = sums.at(pointFigure(key), last);
  const own = row ? asRetention(row) : NO_SUMS;
  const value = retentionAt(sums, key, last) ?? { nrr: null, grr: null, logo: null };
  const [span] = retentionSpans(key, last);
  const single = retentionDefinitions[key].points.count === 1;
  return {
    ...value,
    key,
    base: own.base,
    now: own.now,
    cohort: own.cohort,
    kept: own.kept,
    baseSpan: span?.base ?? { from: last, to: last },
    nowSpan: span?.now ?? { from: last, to: last },
    annualised: annualised(key, value.nrr),
    quarterAgo: retentionAt(sums, key, addMonths(last, -3))?.nrr ?? null,
    gap: single && value.nrr !== null ? toText(decimal(own.base).times(target).minus(own.now)) : null,
  };
};

const lastMonths = ({ last, first }: Ground, count: number): Month[] =>
  Array.from({ length: count }, (_, i) => addMonths(last, i - count + 1)).filter((month) => month > first);

const bridgeFor = ({ sums, last, first, months }: Ground, window: RevenueWindow, month: Month) => {
  if (window !== 'month' && months < NEEDED[window]) return null;
  if (window === 'month' && (month <= first || month > last)) return null;
  const figure = { month: 'movement', quarter: 'bridge_3', year: 'bridge_12' }[window];
  const at = window === 'month' ? month : last;
  const rows = sums.of(figure, at);
  const level = (name: 'opening' | 'closing') =>
    window === 'month' ? sums.at('month', name === 'opening' ? addMonths(at, -1) : at) : rows.find((row) => row.value === name);
  const [opening, closing] = [level('opening'), level('closing')];
  const moved = rows.flatMap((row) => (isMovementKind(row.value) ? [{ kind: row.value, amount: row.now, logos: row.accounts }] : []));
  const bridge = bridgeOf(opening?.now ?? '0', moved, closing?.now ?? '0');
  return {
    window,
    month: at,
    opening: bridge.opening,
    openingAccounts: opening?.accounts ?? 0,
    lines: bridge.lines.map(({ kind, amount, logos }) => ({ kind, amount, accounts: logos })),
    closing: bridge.closing,
    closingAccounts: closing?.accounts ?? 0,
    quickRatio: quickRatio(bridge).ratio,
    restated: restatedOf(sums, at, { month: 1, quarter: 3, year: 12 }[window]),
  };
};

/** Closing less what was first reported, over the months of the window that were closed here. */
const restatedOf = (sums: Sums, last: Month, length: number): string | null => {
  const pairs = Array.from({ length }, (_, i) => addMonths(last, -i)).flatMap((month) => {
    const closed = sums.at('closed', month);
    return closed ? [decimal(sums.at('month', month)?.now ?? '0').minus(closed.now)] : [];
  });
  return pairs.length > 0 ? toText(sum(pairs)) : null;
};

const TREND = ['trailing_12', 'quarter_year_ago', 'month_year_ago', 'quarter_on_quarter'] as const satisfies readonly RetentionKey[];

const trendOf = ({ sums, last }: Ground, head: RetentionKey | null) => {
  const months = Array.from({ length: 18 }, (_, i) => addMonths(last, i - 17));
  const keys: RetentionKey[] = [...new Set([...(head ? [head] : []), ...TREND])];
  const lines = keys.map((key) => {
    const values = months.map((month) => retentionAt(sums, key, month));
    return { key, nrr: values.map((value) => annualised(key, value?.nrr ?? null) ?? value?.nrr ?? null), grr: values.map((value) => value?.grr ?? null) };
  });
  const from = months.findIndex((_, i) => lines.some((line) => line.nrr[i] !== null));
  if (from < 0) return { months: [], lines: [] };
  return {
    months: months.slice(from),
    lines: lines.filter((line) => line.nrr.some((value) => value !== null)).map((line) => ({ ...line, nrr: line.nrr.slice(from), grr: line.grr.slice(from) })),
  };
};

/** The definition whose windows are kept per account and come nearest to the headline's. */
const slicedAs = (key: RetentionKey): RetentionKey => {
  const nearest = { snowflake: 'trailing_12', twilio: 'quarter_year_ago', datadog: 'month_year_ago' } as const;
  return key in nearest ? nearest[key as keyof typeof nearest] : key;
};

const slicesOf = (sums: Sums, head: RetentionKey | null, last: Month, names: ReadonlyMap<string, string>) => {
  if (head === null) return { definition: null, eve: null, rows: {} as SliceRows };
  const definition = slicedAs(head);
  const whole = decimal(sums.at(definition, last)?.base ?? '0');
  const own = sums.all.filter((row) => row.figure === definition && row.slice !== '' && row.month === last);
  const rows = Map.groupBy(own, (row) => row.slice);
  const rowOf = (row: RevenueSum): SliceRow => ({
    ...combinePoints(definition, [asRetention(row)]),
    base: row.base,
    now: row.now,
    cohort: row.accounts,
    kept: row.kept,
    value: row.value,
    label: names.get(row.value) ?? row.value,
    points: (ratio(decimal(row.now).minus(row.base), whole) ?? 0) * 100,
  });
  const sorted = [...rows].map(([slice, of]) => [slice, of.map(rowOf).toSorted((a, b) => b.points - a.points || a.label.localeCompare(b.label))] as const);
  return { definition, eve: openingOf(definition, last), rows: Object.fromEntries(sorted) as SliceRows };
};

const COHORTS = 12;
/** Start quarters, oldest first; 100% is the first quarter that every account of the cohort was there for. */
const cohortsOf = (sums: Sums, last: Month) => {
  const byStart = Map.groupBy(
    sums.all.filter((row) => row.figure === 'cohort'),
    (row) => row.value as Month,
  );
  return [...byStart]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(-COHORTS)
    .map(([quarter, rows]) => {
      const amounts = new Map(rows.map((row) => [row.month, decimal(row.now)]));
      const first = addMonths(quarter, 3);
      const base = addMonths(first, 2) <= last ? (amounts.get(first) ?? decimal(0)) : null;
      const count = Math.max(0, Math.floor(monthsBetween(first, addMonths(last, 1)) / 3));
      const cells = base ? Array.from({ length: count }, (_, i) => ratio(amounts.get(addMonths(first, i * 3)) ?? decimal(0), base)) : [];
      return { quarter, accounts: rows[0]?.accounts ?? 0, base: base ? toText(base) : null, cells };
    });
};

const growthOf = ({ sums, start, last }: Ground) => {
  const count = monthsBetween(start, last) + 1;
  const points = Array.from({ length: count }, (_, i) => {
    const month = addMonths(start, i);
    return { month, expansion: sums.at('expansion', month)?.now ?? '0', newLogo: sums.at('new_logo', month)?.now ?? '0' };
  });
  return {
    points: points.slice(-24).map((point) => ({ ...point, share: expansionShare(point) })),
    leadsAfter: monthsUntilExpansionLeads(points, start),
  };
};
