import { bands } from '@tideline/domain/health';
import { segments } from '@tideline/domain/segment';
import * as z from 'zod';
import { ACCOUNT_STATUSES, AccountStatus } from './account.ts';
import { AccountMerge } from './account-merge.ts';
import { op } from './operation.ts';
import { Override } from './override.ts';
import { Sentiment } from './sentiment.ts';
import { PageQuery } from './page.ts';
import { TOUCH_KINDS } from './triage.ts';
import { Currency, DayOut, DecimalText, Id, IdParams, TimeOut } from './value.ts';

/**
 * The list of all accounts and the page of one. The routes follow: these records join `operations.ts` together with their handlers.
 * Fields and owners are written by `account.ts`, notes and touches by `triage.ts`, tasks by `task.ts`.
 */

export const ACCOUNT_SORTS = ['name', 'health', 'run_rate', 'stake', 'last_day'] as const;
const wordsOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const SEGMENTS = wordsOf(segments);
const BANDS = wordsOf(bands);
const Person = z.object({ id: Id, name: z.string() });
const Part = z.object({ text: z.string(), strong: z.boolean().optional() });

/** Several values in one parameter, separated by `|`; absent means all. */
const several = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .max(4_000)
    .transform((text) => text.split('|').filter((part) => part !== ''))
    .pipe(z.array(item).max(100));

/** `owner` takes `me`, `unassigned` and ids of members. */
export const AccountFilter = z.object({
  status: several(AccountStatus).optional(),
  owner: several(z.union([z.literal('me'), z.literal('unassigned'), Id])).optional(),
  segment: several(z.enum(SEGMENTS)).optional(),
  industry: several(z.string()).optional(),
  /** In the name or the external id. */
  q: z.string().trim().max(200).optional(),
});
export const AccountQuery = AccountFilter.extend({
  sort: z.enum(ACCOUNT_SORTS).default('name'),
  /** Absent: A to Z, and otherwise the useful end first. */
  direction: z.enum(['asc', 'desc']).optional(),
}).extend(PageQuery.shape);

/** Figures are null before a first judgement, which accounts that are not live keep from when they were. */
export const AccountRow = z
  .object({
    id: Id,
    externalId: z.string(),
    name: z.string(),
    status: AccountStatus,
    owner: Person.nullable(),
    industry: z.string().nullable(),
    plan: z.string().nullable(),
    region: z.string().nullable(),
    segment: z.enum(SEGMENTS).nullable(),
    health: z.number().nullable(),
    band: z.enum(BANDS).nullable(),
    runRate: DecimalText.nullable(),
    stake: DecimalText.nullable(),
    /** Last usage day. */
    lastDay: DayOut.nullable(),
  })
  .meta({ id: 'AccountRow' });

const Choice = z.object({ value: z.string(), accounts: z.int() });
export const AccountSummary = z
  .object({
    currency: Currency,
    unit: z.string().nullable(),
    /** Under the filters, without status. */
    statuses: z.record(z.enum(ACCOUNT_STATUSES), z.int()),
    /** Of the whole workspace: 0 means nothing is connected yet. */
    accounts: z.int(),
    /** Live accounts nobody owns. */
    unassigned: z.int(),
    owners: z.array(Person.extend({ accounts: z.int() })),
    industries: z.array(Choice),
    segments: z.record(z.enum(SEGMENTS), z.int()),
  })
  .meta({ id: 'AccountSummary' });

/** One bar of the breakdown. Points are doubles; the screen rounds them so that they add up. */
const WhyPart = z.object({
  key: z.string(),
  label: z.string(),
  hint: z.string(),
  component: z.number().nullable(),
  weight: z.number(),
  earned: z.number(),
  missed: z.number(),
  sentence: z.string(),
});
const Removed = z.object({ key: z.enum(['gate', 'fade', 'quiet', 'decline']), label: z.string(), points: z.number(), sentence: z.string() });

const Judgement = z.object({
  asOf: DayOut,
  live: z.boolean(),
  scoredAt: TimeOut,
  modelVersion: z.int(),
  /** Name of the profile of the model that judged it; null: the model itself. */
  profile: z.string().nullable(),
  segment: z.enum(SEGMENTS),
  segmentSince: DayOut,
  why: z.string(),
  heading: z.string(),
  reason: z.array(Part),
  nextAction: z.string(),
  badges: z.array(z.object({ label: z.string(), hint: z.string() })),
  health: z.number().nullable(),
  band: z.enum(BANDS).nullable(),
  provisional: z.boolean(),
  /** used, waiting (no score yet), never_used, idle (nothing for a year). */
  state: z.enum(['used', 'waiting', 'never_used', 'idle']),
  pSilent: z.number().nullable(),
  /** What would make it healthy, the cheapest first; empty where it is, or has no usage to start from. */
  healthier: z.array(
    z.object({ key: z.string(), label: z.string(), words: z.string(), days: z.int(), usageDays: z.int(), health: z.number(), reaches: z.boolean() }),
  ),
  /** What is likely of its revenue in the next 90 days, from the workspace's own past; null until that can say. `upside`: expected money from growth. */
  odds: z.object({ contraction: z.number().nullable(), expansion: z.number().nullable(), upside: DecimalText.nullable() }),
  runRate: DecimalText.nullable(),
  /** Against the close 28 days before, as a ratio; null without one. */
  runRateChange28: z.number().nullable(),
  runRateYearAgo: DecimalText.nullable(),
  stake: DecimalText,
  /** Place by money at stake in the owner's book. */
  stakePlace: z.object({ place: z.int(), of: z.int() }).nullable(),
  lastDay: DayOut.nullable(),
  /** Whole days since the last usage day; the age of an account never used. */
  silent: z.int(),
  /** Usage of 28 days against the own normal; null where there is none yet. */
  againstNormal: z.number().nullable(),
  /** The same as the title of a chart. */
  usageTitle: z.string(),
  /** Earned less removed is health as shown; null without a score. */
  breakdown: z
    .object({
      parts: z.array(WhyPart),
      removed: z.array(Removed),
      shown: z.number(),
      band: z.string(),
      coverage: z.number().meta({ description: 'share of the model’s weight that had data' }),
    })
    .nullable(),
});

const Level = z.object({ day: DayOut, health: z.number() });
const Cause = z.object({ key: z.string(), label: z.string(), points: z.number() });
/**
 * What moved health over so many days, or since the first close there is: late or corrected data, the version of the model, calendar and
 * peers, what the customer did. `exact` adds up to the change; to one decimal causes add up to it as printed, and parts to their cause.
 */
export const Moved = z.object({
  days: z.int(),
  from: Level,
  to: Level,
  causes: z.array(Cause.extend({ hint: z.string(), exact: z.number(), parts: z.array(Cause) })),
});

const Commitment = z.object({
  start: DayOut,
  end: DayOut,
  amount: DecimalText,
  consumed: DecimalText,
  planned: DecimalText,
  burned: z.number().nullable(),
  elapsed: z.number(),
  pace: z.number().nullable(),
  state: z.string().nullable(),
  exhaustion: z.object({ day: DayOut, beforeEnd: z.number() }).nullable(),
  overage: DecimalText,
  breakage: DecimalText,
  /** Consumption since the start by week's end, the last complete day last. */
  line: z.array(z.object({ day: DayOut, consumed: DecimalText })),
});

const Task = z.object({
  id: Id,
  title: z.string(),
  note: z.string(),
  dueDay: DayOut.nullable(),
  owner: Person.nullable(),
  state: z.enum(['open', 'done', 'dismissed']),
  /** The alert it came from resolved by itself on this day. */
  alertClearedOn: DayOut.nullable(),
});

/** Everything above the fold, and what stands beside it. */
export const AccountPage = z
  .object({
    id: Id,
    externalId: z.string(),
    name: z.string(),
    status: AccountStatus,
    owner: Person.nullable(),
    industry: z.string().nullable(),
    plan: z.string().nullable(),
    region: z.string().nullable(),
    fields: z.record(z.string(), z.unknown()),
    contractStart: DayOut.nullable(),
    /** Contract start, else first usage, else creation. */
    customerSince: DayOut,
    today: DayOut,
    closedThrough: DayOut.nullable(),
    currency: Currency,
    /** Unit of "money" where nothing is priced. */
    unit: z.string().nullable(),
    judgement: Judgement.nullable(),
    /** The shortest span first; a span without an earlier close than the one before is left out. */
    moved: z.array(Moved),
    held: z
      .object({ since: DayOut, stamp: z.string(), because: z.string() })
      .nullable()
      .meta({ description: 'while a fault of the data holds its score: the first day it is not judged on, and why' }),
    /** How somebody who looks after it sees it; null: nobody has said. */
    sentiment: Sentiment.nullable(),
    /** What somebody says of its health against the model, while that holds. */
    override: Override.nullable(),
    /** Where somebody put it out of triage, while that holds. */
    snoozed: z.object({ until: DayOut, reason: z.string() }).nullable(),
    done: z.object({ day: DayOut, by: z.string() }).nullable(),
    commitment: Commitment.nullable(),
    /** Open ones by due day, and the last ten closed. */
    tasks: z.array(Task),
    /** Merges that stand or are on the way: of it into another, or of others into it. */
    merges: z.array(AccountMerge),
  })
  .meta({ id: 'AccountPage' });

const Series = z.array(DecimalText);
/** Usage by day, oldest first, to the last closed day. Columns are as long as `days`. */
export const AccountUsage = z
  .object({
    days: z.array(DayOut),
    /** So many of the first days are there only for the own normal of those after them. */
    lead: z.int(),
    /** First usage day; what precedes it is not known to be 0. */
    firstDay: DayOut.nullable(),
    /** Money of the day; null where nothing is priced. */
    revenue: Series.nullable(),
    /** `level`: a gauge that keeps its last figure, where other meters count from 0 each day. */
    meters: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        unit: z.string(),
        position: z.int(),
        main: z.boolean(),
        level: z.boolean(),
        quantity: Series,
        revenue: Series.nullable(),
      }),
    ),
    segments: z.array(z.object({ segment: z.enum(SEGMENTS), from: DayOut })),
    heldFrom: DayOut.nullable().meta({ description: 'from this day on a fault of the data holds its score: these days are not judged yet' }),
    events: z.array(
      z.object({ id: z.string(), day: DayOut, kind: z.enum(['alert', 'touch', 'segment', 'milestone', 'price', 'contract']), label: z.string() }),
    ),
  })
  .meta({ id: 'AccountUsage' });

export const TIMELINE_KINDS = ['alert', 'segment', 'touch', 'note', 'task', 'milestone'] as const;
export const TimelineItem = z
  .object({
    id: z.string(),
    kind: z.enum(TIMELINE_KINDS),
    /** For a touch, how. */
    touch: z.enum(TOUCH_KINDS).nullable(),
    day: DayOut,
    at: TimeOut,
    text: z.array(Part),
    /** Who did it; null: the product. */
    by: Person.nullable(),
    /** State of an alert, outcome of a task, health at a change of segment. */
    remark: z.string().nullable(),
    /** The reader logged it and may take it back. */
    own: z.boolean(),
  })
  .meta({ id: 'TimelineItem' });

const reading = { tag: 'Accounts', permission: 'account.read', method: 'GET' } as const;

export const accountPageOperations = {
  listAccounts: op({
    ...reading,
    key: 'read',
    path: '/accounts',
    summary: 'All accounts, also closed, internal and test ones',
    query: AccountQuery,
    reply: z.object({ items: z.array(AccountRow), next: z.string().nullable(), accounts: z.int() }),
  }),
  accountSummary: op({
    ...reading,
    path: '/account-list/summary',
    summary: 'Counts of the list and what it can be filtered by',
    query: AccountFilter,
    reply: AccountSummary,
  }),
  exportAccounts: op({
    ...reading,
    key: 'read',
    path: '/account-list/export',
    summary: 'The filtered list as CSV, figures exact',
    query: AccountQuery.omit({ cursor: true, limit: true }),
    download: 'text/csv',
    reply: z.string(),
  }),
  accountPage: op({
    ...reading,
    path: '/account-pages/{id}',
    summary: 'One account: judgement, why, what moved it, commitment, tasks',
    params: IdParams,
    reply: AccountPage,
  }),
  accountUsage: op({
    ...reading,
    path: '/account-pages/{id}/usage',
    summary: 'A year of usage by day and meter, and what happened meanwhile',
    params: IdParams,
    reply: AccountUsage,
  }),
  accountTimeline: op({
    ...reading,
    path: '/account-pages/{id}/timeline',
    summary: 'What happened, the newest first',
    params: IdParams,
    query: z.object({ kind: several(z.enum(TIMELINE_KINDS)).optional() }).extend(PageQuery.shape),
    reply: z.object({ items: z.array(TimelineItem), next: z.string().nullable() }),
  }),
};

export type AccountPages = {
  Row: z.output<typeof AccountRow>;
  Summary: z.output<typeof AccountSummary>;
  Query: z.output<typeof AccountQuery>;
  Filter: z.output<typeof AccountFilter>;
  Page: z.output<typeof AccountPage>;
  Judgement: z.output<typeof Judgement>;
  Moved: z.output<typeof Moved>;
  Usage: z.output<typeof AccountUsage>;
  TimelineItem: z.output<typeof TimelineItem>;
  Task: z.output<typeof Task>;
  Commitment: z.output<typeof Commitment>;
};
