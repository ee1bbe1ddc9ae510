import { paces } from '@tideline/domain/commitment';
import { bands } from '@tideline/domain/health';
import { segments } from '@tideline/domain/segment';
import { snoozeReasons } from '@tideline/domain/snooze';
import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery } from './page.ts';
import { Currency, DayOut, DayText, DecimalText, Id, IdParams, Name, TimeOut } from './value.ts';

export const TRIAGE_TABS = [
  /** Neither snoozed nor done, and: at risk, expansion candidate, onboarding late, or with an open alert. */
  'needs_you',
  'churn_risk',
  'expansion_candidate',
  'onboarding_laggard',
  'onboarding_on_track',
  'steady',
  'dormant',
  'all',
] as const;
export const TRIAGE_SORTS = ['stake', 'run_rate', 'health', 'change', 'touched', 'name'] as const;
export const TRIAGE_STATES = ['open', 'snoozed', 'done'] as const;
export const TOUCH_KINDS = ['call', 'email', 'meeting', 'note'] as const;
/** The words of a domain table, as an enum takes them. */
const wordsOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const SEGMENTS = wordsOf(segments);
const BANDS = wordsOf(bands);

/** Several values in one parameter, separated by `|` (inside a value: `%7C`); absent means all. */
const several = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .max(4_000)
    .transform((text) => text.split('|').flatMap((part) => (part === '' ? [] : [part.replaceAll('%7C', '|')])))
    .pipe(z.array(item).max(100));

/** What narrows the list. `owner` takes `me`, `unassigned` and ids of members. */
export const TriageFilter = z.object({
  owner: several(z.union([z.literal('me'), z.literal('unassigned'), Id])).optional(),
  industry: several(z.string()).optional(),
  plan: several(z.string()).optional(),
  region: several(z.string()).optional(),
  band: several(z.enum(BANDS)).optional(),
  /** What has been done about it; on `needs_you` always `open`. */
  state: several(z.enum(TRIAGE_STATES)).optional(),
  /** In the name or the external id. */
  q: z.string().trim().max(200).optional(),
});
const Ordered = TriageFilter.extend({
  tab: z.enum(TRIAGE_TABS).default('needs_you'),
  sort: z.enum(TRIAGE_SORTS).default('stake'),
  /** Absent: the useful end first (most money, worst health, longest untouched, A to Z). */
  direction: z.enum(['asc', 'desc']).optional(),
  /** `why`: the groups of `domain/reason` in their order, sorted inside. */
  group: z.enum(['why', 'none']).default('why'),
  /** Codes of groups whose rows are left out; their lines and sums stay. */
  fold: several(z.string()).optional(),
});
export const TriageQuery = Ordered.extend(PageQuery.shape);
const RowsQuery = Ordered.extend({
  ids: several(Id),
  /** The `next` of the last page read: rows that come after it do not count as matching. */
  before: z.string().max(500).optional(),
});

const Part = z.object({ text: z.string(), strong: z.boolean().optional() });
/** A commitment as of the last complete day: shares of it, `plan` what a straight line would have used. */
const Commitment = z.object({ used: z.number(), plan: z.number(), pace: z.enum(wordsOf(paces)).nullable() });

/** One account as the list shows it. Health, change and ratios are numbers for display; money is exact. */
export const TriageRow = z
  .object({
    id: Id,
    externalId: z.string(),
    name: z.string(),
    owner: z.object({ id: Id, name: z.string() }).nullable(),
    industry: z.string().nullable(),
    plan: z.string().nullable(),
    region: z.string().nullable(),
    segment: z.enum(SEGMENTS),
    segmentSince: DayOut,
    /** As shown; null: too early for one. */
    health: z.number().nullable(),
    band: z.enum(BANDS).nullable(),
    /** Points against the day close 28 and 7 days before; null where there was no score then. */
    delta28: z.number().nullable(),
    delta7: z.number().nullable(),
    provisional: z.boolean(),
    /** Includes usage of the unfinished day. */
    live: z.boolean(),
    /** 13 weeks, oldest first, as ratios to the own normal, 0 to 1.75; null before it existed. */
    spark: z.array(z.number().nullable()).max(13),
    why: z.string(),
    /** Heading of the group of `why`. */
    heading: z.string(),
    reason: z.array(Part),
    nextAction: z.string(),
    badges: z.array(z.string()),
    /** A year at the rate of the last 28 days; null below 7 days of use. */
    runRate: DecimalText.nullable(),
    /** Expected loss over the next 90 days. */
    stake: DecimalText,
    /** 1, 1.5 or 2: what the stake counts for in the order of triage (score.md 4.5). */
    urgency: z.number(),
    /** Alerts not resolved. */
    alerts: z.int(),
    lastTouch: z.object({ day: DayOut, kind: z.enum(TOUCH_KINDS) }).nullable(),
    commitment: Commitment.nullable(),
    snoozed: z.object({ until: DayOut, reason: z.string() }).nullable(),
    /** Handled and nothing new since. */
    done: z.object({ day: DayOut, by: z.string().nullable() }).nullable(),
    /** What somebody says of its health against the model, while that holds; it changes neither rank nor alerts. */
    override: z.object({ band: z.enum(BANDS), until: DayOut, reason: z.string(), by: z.string().nullable() }).nullable(),
    scoredAt: TimeOut,
  })
  .meta({ id: 'TriageRow' });

/** A group line; its sums are over the whole group, also what is not on this page. */
const Group = z.object({ why: z.string(), heading: z.string(), accounts: z.int(), runRate: DecimalText, stake: DecimalText });
export const TriagePage = z
  .object({
    items: z.array(TriageRow),
    next: z.string().nullable(),
    /** Of the whole filtered list, in the order of the list; empty on later pages and without grouping. */
    groups: z.array(Group),
    accounts: z.int(),
    stake: DecimalText,
  })
  .meta({ id: 'TriagePage' });

const Choice = z.object({ value: z.string(), accounts: z.int() });
const Strip = z.object({
  accounts: z.int(),
  runRate: DecimalText,
  stake: DecimalText,
  /** In 7 days; null without a close then. */ stakeChange7: DecimalText.nullable(),
});

export const TriageSummary = z
  .object({
    /** Today in the workspace's zone (the day after the as-of day where that is pinned), and the last closed day. */
    today: DayOut,
    closedThrough: DayOut.nullable(),
    /** The last closed day is yesterday. */
    complete: z.boolean(),
    currency: Currency,
    /** Unit of "money" where nothing is priced: the main meter's. */
    unit: z.string().nullable(),
    /** Under all filters and the search. */
    counts: z.record(z.enum(TRIAGE_TABS), z.int()),
    /** Under owner, industry, plan and region; not band and search. */
    strip: z.object({
      book: z.object({ accounts: z.int(), runRate: DecimalText, /** Ratio, in 28 days. */ runRateChange28: z.number().nullable() }),
      churn_risk: Strip,
      /** `upside` null until expansion is calibrated. */
      expansion_candidate: Strip.extend({ upside: DecimalText.nullable() }),
      onboarding_laggard: Strip,
    }),
    /** Columns whose data is connected. */
    has: z.object({ touches: z.boolean(), contracts: z.boolean() }),
    /** Under the owner filter. `handled`: alerts that cleared by themselves today. */
    day: z.object({ done: z.int(), doneStake: DecimalText, handled: z.int(), snoozed: z.int(), nextBack: DayOut.nullable() }),
    /** All live accounts of the workspace, whatever the filter. 0: nothing is connected yet. */
    accounts: z.int(),
    owners: z.array(z.object({ id: Id, name: z.string(), accounts: z.int() })),
    unassigned: z.int(),
    industries: z.array(Choice),
    plans: z.array(Choice),
    regions: z.array(Choice),
  })
  .meta({ id: 'TriageSummary' });

const Lately = z.object({ kind: z.enum([...TOUCH_KINDS, 'alert', 'segment']), text: z.string(), day: DayOut });
/** What the side panel shows beside the row. */
export const TriageGlance = z
  .object({
    row: TriageRow,
    /** Probability of 90 silent days. */
    pSilent: z.number().nullable(),
    /** Ratio, against the run rate 28 days before. */
    runRateChange28: z.number().nullable(),
    commitmentPace: z.number().nullable(),
    /** 91 days, oldest first: revenue, or the main meter's quantity where nothing is priced. */
    usage: z.object({
      days: z.array(z.object({ day: DayOut, value: DecimalText })),
      /** Own normal per day as a band; null where it has none yet. */
      normal: z.object({ low: DecimalText, high: DecimalText }).nullable(),
      alerts: z.array(DayOut),
    }),
    /** Points by part since the best day close of the last 28 days; null where nothing moved or nothing is known. */
    moved: z.object({ day: DayOut, from: z.number(), to: z.number(), parts: z.array(z.object({ label: z.string(), points: z.number() })) }).nullable(),
    tasks: z.array(z.object({ id: Id, title: z.string(), dueDay: DayOut.nullable(), done: z.boolean(), alertClearedOn: DayOut.nullable() })),
    lately: z.array(Lately),
  })
  .meta({ id: 'TriageGlance' });

const Accounts = z.array(Id).min(1).max(200);
const Several = z.object({ accounts: Accounts });
/** The accounts it was done for; another workspace's, and those not in this member's book, are left out. */
const Changed = z.object({ accounts: z.array(Id) });
const shared = { tag: 'Triage', permission: 'account.act', method: 'POST', reply: Changed } as const;

export const triageOperations = {
  listTriage: op({
    method: 'GET',
    path: '/triage',
    summary: 'Accounts in the order of triage',
    tag: 'Triage',
    key: 'read',
    permission: 'account.read',
    query: TriageQuery,
    reply: TriagePage,
  }),
  triageRows: op({
    method: 'GET',
    path: '/triage/rows',
    summary: 'Some rows as they are now, and which of them a list holds',
    tag: 'Triage',
    permission: 'account.read',
    query: RowsQuery,
    reply: z.object({ items: z.array(TriageRow), matching: z.array(Id) }),
  }),
  triageSummary: op({
    method: 'GET',
    path: '/triage/summary',
    summary: 'Counts and money of the book',
    tag: 'Triage',
    key: 'read',
    permission: 'account.read',
    query: TriageFilter,
    reply: TriageSummary,
  }),
  triageGlance: op({
    method: 'GET',
    path: '/triage/accounts/{id}',
    summary: 'What stands beside a row: usage, what moved it, tasks, what happened lately',
    tag: 'Triage',
    permission: 'account.read',
    params: IdParams,
    reply: TriageGlance,
  }),
  exportTriage: op({
    method: 'GET',
    path: '/triage/export',
    summary: 'The filtered list as CSV, figures exact',
    tag: 'Triage',
    key: 'read',
    permission: 'account.read',
    query: Ordered,
    download: 'text/csv',
    reply: z.string(),
  }),
  markDone: op({ ...shared, path: '/triage/done', summary: 'Handled: out of triage until something new happens', body: Several }),
  undoDone: op({ ...shared, path: '/triage/undo-done', summary: 'Take "done" back', body: Several }),
  snoozeAccounts: op({
    ...shared,
    path: '/triage/snooze',
    summary: 'Out of triage until the morning of a day',
    body: Several.extend({ until: DayText, reason: z.enum(wordsOf(snoozeReasons)), note: z.string().trim().max(500).default('') }),
  }),
  unsnoozeAccounts: op({ ...shared, path: '/triage/unsnooze', summary: 'Back into triage now', body: Several }),
  addTasks: op({
    ...shared,
    permission: 'task.write',
    path: '/triage/tasks',
    summary: 'One task for each of these accounts; its owner, else the person who asks, gets it',
    body: Several.extend({ title: Name, dueDay: DayText.nullable().default(null), note: z.string().trim().max(2_000).default('') }),
    reply: z.object({ tasks: z.array(z.object({ id: Id, account: Id })) }),
    status: 201,
  }),
  logTouch: op({
    method: 'POST',
    path: '/touches/log',
    summary: 'Log a call, mail, meeting or note',
    tag: 'Triage',
    permission: 'account.act',
    body: z.object({
      account: Id,
      kind: z.enum(TOUCH_KINDS),
      body: z.string().trim().max(4_000).default(''),
      /** Absent: today. */
      day: DayText.optional(),
      /** With whom; one of the account's contacts. */
      contact: Id.optional(),
    }),
    reply: z.object({ id: Id }),
    status: 201,
  }),
};

export type Triage = {
  Tab: (typeof TRIAGE_TABS)[number];
  Sort: (typeof TRIAGE_SORTS)[number];
  Row: z.output<typeof TriageRow>;
  Page: z.output<typeof TriagePage>;
  Summary: z.output<typeof TriageSummary>;
  Glance: z.output<typeof TriageGlance>;
  Group: z.output<typeof Group>;
  Query: z.output<typeof TriageQuery>;
  Ordered: z.output<typeof Ordered>;
  RowsQuery: z.output<typeof RowsQuery>;
  Filter: z.output<typeof TriageFilter>;
};
