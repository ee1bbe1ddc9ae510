import type { Month } from '@tideline/domain/calendar';
import { retentionDefinitions, type RetentionKey } from '@tideline/domain/retention';
import { MOVEMENT_KINDS, type MovementKind } from '@tideline/domain/revenue';
import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery } from './page.ts';
import { Currency, DayOut, DecimalText, Id, TimeOut } from './value.ts';

export const REVENUE_WINDOWS = ['month', 'quarter', 'year'] as const;
export type RevenueWindow = (typeof REVENUE_WINDOWS)[number];
/** What accounts are told apart by. `tenure`: in their first year at the opening, or past it. */
export const REVENUE_SLICES = ['segment', 'owner', 'industry', 'region', 'plan', 'tenure'] as const;
const Definition = z.enum(Object.keys(retentionDefinitions) as [RetentionKey, ...RetentionKey[]]);
const Kind = z.enum(MOVEMENT_KINDS as [MovementKind, ...MovementKind[]]);

const MonthText = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'Not a month: write it as YYYY-MM, for example 2026-11' })
  .transform((text) => text as Month)
  .meta({ description: 'A calendar month', examples: ['2026-11'], type: 'string' });
const MonthOut = z.string().meta({ description: 'YYYY-MM' });
const Span = z.object({ from: MonthOut, to: MonthOut });
/** A ratio, 1.1 = 110%; null where it is undefined. */
const Ratio = z.number().nullable();

/** Narrows to accounts: `owner` takes an id or `none`; of the others an empty value means "none given". */
const Scope = z.object({
  owner: z.union([z.literal('none'), Id]).optional(),
  industry: z.string().max(200).optional(),
  region: z.string().max(200).optional(),
  plan: z.string().max(200).optional(),
});

const Retention = z.object({ nrr: Ratio, grr: Ratio, logo: Ratio, base: DecimalText, now: DecimalText, cohort: z.int(), kept: z.int() });
const Headline = Retention.extend({
  key: Definition,
  base: DecimalText,
  baseSpan: Span,
  nowSpan: Span,
  /** NRR as a year's, for definitions shorter than one. */
  annualised: Ratio,
  /** NRR three months ago, under the same definition. */
  quarterAgo: Ratio,
  /** Money missing to the target from the same accounts; negative: above it. Null for means of several points. */
  gap: DecimalText.nullable(),
});
const Line = z.object({ kind: Kind, amount: DecimalText, accounts: z.int() });
const Bridge = z.object({
  window: z.enum(REVENUE_WINDOWS),
  /** The last month of the window. */
  month: MonthOut,
  opening: DecimalText,
  openingAccounts: z.int(),
  lines: z.array(Line),
  closing: DecimalText,
  closingAccounts: z.int(),
  /** null: nothing was lost. */
  quickRatio: Ratio,
  /** Closing less what was first reported of it; null where it was never closed live. */
  restated: DecimalText.nullable(),
});
const SliceRow = Retention.extend({
  /** '' = none. */
  value: z.string(),
  /** The owner's name; the value itself of everything else. */
  label: z.string(),
  /** What it adds to NRR − 100%, in points. */
  points: z.number(),
});

export const RevenuePage = z
  .object({
    currency: Currency,
    /** null: no full month has been judged yet. */
    month: MonthOut.nullable(),
    firstMonth: MonthOut.nullable(),
    fullMonths: z.int().meta({ description: 'calendar months wholly covered by data' }),
    settledAt: TimeOut.nullable(),
    target: DecimalText,
    newLogoMonths: z.int(),
    headline: Headline.nullable(),
    /** Full months still missing for a headline. */
    missing: z.int(),
    bridge: Bridge.nullable(),
    /** Full months still missing for a bridge of this window. */
    bridgeMissing: z.int(),
    /** By month, oldest first, up to 12. */
    months: z.array(Bridge),
    trend: z.object({ months: z.array(MonthOut), lines: z.array(z.object({ key: Definition, nrr: z.array(Ratio), grr: z.array(Ratio) })) }),
    slices: z.object({ definition: Definition.nullable(), eve: DayOut.nullable(), rows: z.partialRecord(z.enum(REVENUE_SLICES), z.array(SliceRow)) }),
    /** Cells follow the first full quarter, whose revenue is the base. */
    cohorts: z.array(z.object({ quarter: MonthOut, accounts: z.int(), base: DecimalText.nullable(), cells: z.array(Ratio) })),
    growth: z.object({
      points: z.array(z.object({ month: MonthOut, expansion: DecimalText, newLogo: DecimalText, share: Ratio })),
      /** Months from the first account until expansion leads for good; null: not yet. */
      leadsAfter: z.int().nullable(),
    }),
    /** Share of 12 months' revenue that the ten largest bring. */
    concentration: Ratio,
  })
  .meta({ id: 'RevenuePage' });

const PageOf = Scope.extend({ window: z.enum(REVENUE_WINDOWS).optional(), month: MonthText.optional() });

/** Which number's accounts: its figure, and what of it. */
export const RevenueDoor = Scope.extend({
  of: z.enum(['retention', 'movement', 'opening', 'closing', 'cohort', 'expansion', 'new_logo', 'top']),
  definition: Definition.optional(),
  window: z.enum(REVENUE_WINDOWS).default('month'),
  /** Absent: the last full month. */
  month: MonthText.optional(),
  kind: Kind.optional(),
  /** Of a cohort: the first month of the quarter it started in. */
  quarter: MonthText.optional(),
  slice: z.enum(REVENUE_SLICES).optional(),
  value: z.string().max(200).optional(),
});
export const RevenueAccountsQuery = RevenueDoor.extend(PageQuery.shape);

export const RevenueAccount = z
  .object({
    id: Id,
    externalId: z.string(),
    name: z.string(),
    owner: z.string().nullable(),
    segment: z.string().nullable(),
    /** Revenue of the window before, or of the base window. */
    base: DecimalText,
    now: DecimalText,
  })
  .meta({ id: 'RevenueAccount' });
const Accounts = z.object({
  items: z.array(RevenueAccount),
  next: z.string().nullable(),
  total: z.object({ accounts: z.int(), base: DecimalText, now: DecimalText }),
});

const read = { method: 'GET', tag: 'Revenue', key: 'read', permission: 'revenue.read' } as const;
export const revenueOperations = {
  getRevenue: op({
    ...read,
    path: '/revenue',
    summary: 'Retention, the bridge, its trend and where it comes from, as of the last full month',
    query: PageOf,
    reply: RevenuePage,
  }),
  listRevenueAccounts: op({
    ...read,
    path: '/revenue/accounts',
    summary: 'The accounts a number of the revenue screen is made of',
    query: RevenueAccountsQuery,
    reply: Accounts,
  }),
  exportRevenueAccounts: op({
    ...read,
    path: '/revenue/accounts/export',
    summary: 'The same accounts as CSV, figures exact',
    query: RevenueDoor,
    download: 'text/csv',
    reply: z.string(),
  }),
  exportRevenueMonths: op({
    ...read,
    path: '/revenue/months/export',
    summary: 'Movements and retention by month as CSV, figures exact',
    query: Scope,
    download: 'text/csv',
    reply: z.string(),
  }),
};

export type RevenuePageReply = z.output<typeof RevenuePage>;
export type RevenueBridge = z.output<typeof Bridge>;
export type RevenueSliceRow = z.output<typeof SliceRow>;
export type RevenueDoorQuery = z.output<typeof RevenueDoor>;
export type RevenueAccountRow = z.output<typeof RevenueAccount>;
export type RevenueAccountList = z.output<typeof Accounts>;
