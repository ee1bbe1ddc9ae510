/** What the revenue screen says: titles that answer, names of numbers. Pure. */
import { addMonths, firstDayOf, type Month } from '@tideline/domain/calendar';
import { decimal, sum, toText } from '@tideline/domain/money';
import { retentionDefinitions, type RetentionKey } from '@tideline/domain/retention';
import { movements, type MovementKind } from '@tideline/domain/revenue';
import type { RevenueDoorQuery, RevenueWindow } from '@tideline/contracts/revenue';
import { fixed, money, percent, type Reader } from '../../../../ui/format.ts';
import type { SliceName } from './address.ts';

/** `Oct 2026`. */
export const monthWords = (month: string, reader: Reader): string =>
  new Intl.DateTimeFormat(reader.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${firstDayOf(month as Month)}T00:00:00Z`));
/** `Q3 24`. */
export const quarterWords = (month: string): string => `Q${Math.floor((Number(month.slice(5)) - 1) / 3) + 1} ${month.slice(2, 4)}`;
export const spanWords = ({ from, to }: { from: string; to: string }, reader: Reader): string =>
  from === to ? monthWords(from, reader) : `${monthWords(from, reader)} to ${monthWords(to, reader)}`;

/** Retention of a slice: from a base of next to nothing a percentage says less than how many times. */
export const retentionWords = (nrr: number | null): string => (nrr !== null && nrr >= 10 ? `${fixed(nrr, 0)}×` : percent(nrr, 1));

export const windows = {
  month: { label: 'Month', months: 1, words: 'the month before', span: 'month' },
  quarter: { label: '3 m', months: 3, words: 'the 3 months before', span: '3 months' },
  year: { label: '12 m', months: 12, words: 'the 12 months before', span: '12 months' },
} as const satisfies Record<RevenueWindow, { label: string; months: number; words: string; span: string }>;

/** Round figures of an axis, without the zeros after the point. */
export const axisMoney = (value: number, currency: string): string => (value === 0 ? '0' : money(value, currency).replace(/\.0+(?=\D*$)/, ''));

/** The months a window that ends with `last` covers. */
export const windowSpan = (window: RevenueWindow, last: string): { from: Month; to: Month } => ({
  from: addMonths(last as Month, 1 - windows[window].months),
  to: last as Month,
});

/** Short enough for the end of a line. */
export const shortDefinitions = {
  trailing_12: 'Trailing 12 m',
  quarter_year_ago: 'Quarter, a year apart',
  quarter_on_quarter: 'Quarter on quarter, ann.',
  month_year_ago: 'Month, a year apart',
  snowflake: 'Snowflake',
  twilio: 'Twilio',
  datadog: 'Datadog',
} as const satisfies Record<RetentionKey, string>;

export const sliceNames = {
  segment: 'By segment',
  owner: 'By owner',
  industry: 'By industry',
  region: 'By region',
  plan: 'By plan',
  tenure: 'By age',
} as const satisfies Record<SliceName, string>;
/** What an account without a value is called. */
const noValue = {
  segment: 'Not judged then',
  owner: 'Unassigned',
  industry: 'No industry',
  region: 'No region',
  plan: 'No plan',
  tenure: 'Past it',
} as const satisfies Record<SliceName, string>;
const tenures: Record<string, string> = { first_year: 'In their first year', later: 'Past their first year' };
export const sliceLabel = (slice: SliceName, value: string, label: string): string => {
  if (value === '') return noValue[slice];
  return slice === 'tenure' ? (tenures[value] ?? value) : label;
};

type Line = { kind: MovementKind; amount: string };
const amountOf = (lines: readonly Line[], ...kinds: MovementKind[]): string =>
  toText(sum(lines.filter((line) => kinds.includes(line.kind)).map((line) => line.amount)));

/** The bridge in a sentence: what existing customers added, and what of it was lost again. */
export const bridgeTitle = (lines: readonly Line[], currency: string): string => {
  const [won, lost] = [amountOf(lines, 'expansion'), amountOf(lines, 'contraction', 'churn', 'paused')];
  const brought = `Expansion brought ${money(won, currency)}`;
  if (decimal(lost).isZero()) return `${brought}; nothing was lost`;
  if (decimal(won).isZero()) return `Losses took ${money(lost, currency)}; nothing expanded`;
  return decimal(lost).lt(won)
    ? `${brought}; losses took ${money(lost, currency)} of it back`
    : `${brought}; losses took ${money(lost, currency)}, more than it`;
};

/** Where retention went over six months. */
export const trendTitle = (values: readonly (number | null)[]): string => {
  const now = values.at(-1) ?? null;
  const before = values.at(-7) ?? values.find((value) => value !== null) ?? null;
  if (now === null || before === null) return 'Retention by month';
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.5) return `Retention has held at ${percent(now, 1)}`;
  return `Retention has ${points > 0 ? 'risen' : 'fallen'} ${fixed(Math.abs(points), 1)} points to ${percent(now, 1)} in six months`;
};

/** The name of a number whose accounts are open. */
export const doorTitle = (door: RevenueDoorQuery, reader: Reader, last: string): string => {
  const month = door.month ?? last;
  const when = door.window === 'month' ? monthWords(month, reader) : spanWords(windowSpan(door.window, last), reader);
  switch (door.of) {
    case 'retention':
      return door.definition ? retentionDefinitions[door.definition].label : 'Retention';
    case 'movement':
      return `${door.kind ? movements[door.kind].label : 'Movement'}, ${when}`;
    case 'opening':
      return `Opening of ${when}`;
    case 'closing':
      return `Closing of ${when}`;
    case 'cohort':
      return `Started ${door.quarter ? quarterWords(door.quarter) : ''}, in ${quarterWords(month)}`;
    case 'expansion':
      return `Expansion, ${monthWords(month, reader)}`;
    case 'new_logo':
      return `New logos, ${monthWords(month, reader)}`;
    case 'top':
      return 'The ten largest, 12 months';
  }
};

/** What base and now are in the list of a number. */
export const doorColumns = (door: RevenueDoorQuery): { base: string; now: string } => {
  if (door.of === 'retention' && door.definition) return { base: 'Then', now: 'Now' };
  if (door.of === 'cohort') return { base: 'First quarter', now: door.month ? quarterWords(door.month) : 'Now' };
  if (door.of === 'expansion') return { base: 'A year ago', now: 'Now' };
  return { base: 'Before', now: 'Now' };
};

const sentence = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`;

/** What is meant by a number, in a sentence. */
export const doorWords = (door: RevenueDoorQuery): string => {
  if (door.of === 'retention' && door.definition) return sentence(retentionDefinitions[door.definition].words);
  if (door.of === 'movement' && door.kind) return sentence(movements[door.kind].words.replace('the month before', windows[door.window].words));
  const said: Partial<Record<RevenueDoorQuery['of'], string>> = {
    opening: `Revenue of ${windows[door.window].words}.`,
    closing: 'Revenue of the window itself, net of credits.',
    cohort: 'Accounts whose first revenue fell into the quarter; later arrivals never join it. 100% is their first full quarter.',
    expansion: 'Accounts past their first year that bring more than in the same month a year ago.',
    new_logo: 'Accounts within their first year.',
    top: 'By revenue of the last 12 months.',
  };
  return said[door.of] ?? '';
};

/** `12 months to Oct 2026`. */
export const windowWords = (window: RevenueWindow, last: string, reader: Reader): string =>
  window === 'month' ? monthWords(last, reader) : `${windows[window].span} to ${monthWords(last, reader)}`;

/** What changed since it was first reported; nothing where it stayed. */
export const restatedWords = (restated: string | null, currency: string): string =>
  restated === null || decimal(restated).isZero() ? '' : `restated since close, ${money(restated, currency, { signed: true })}`;

/** Which of the two brings more now, and since when it is expansion. */
export const growthTitle = (points: readonly { expansion: string; newLogo: string }[], leadsAfter: number | null): string => {
  const last = points.at(-1);
  if (!last) return 'Expansion against new logos';
  if (leadsAfter !== null) return `Expansion has led new logos for good since month ${leadsAfter}`;
  return decimal(last.expansion).gt(last.newLogo) ? 'Expansion leads new logos this month' : 'New logos still bring more than expansion';
};

/** What becomes of cohorts after a year, and which did not follow. */
export const cohortTitle = (cohorts: readonly { quarter: string; cells: readonly (number | null)[] }[]): string => {
  const old = cohorts.flatMap(({ quarter, cells }) => (cells[4] === undefined || cells[4] === null ? [] : [{ quarter, share: cells[4] }]));
  const shrunk = old.filter(({ share }) => share < 1);
  if (old.length === 0) return 'Cohorts by the quarter they started in';
  if (shrunk.length === 0) return 'Every cohort brings more a year on than at first';
  if (shrunk.length === old.length) return 'Every cohort brings less a year on than at first';
  if (shrunk.length <= 2) return `Cohorts grow over their first year, except ${shrunk.map(({ quarter }) => quarterWords(quarter)).join(' and ')}`;
  return `${old.length - shrunk.length} of ${old.length} cohorts bring more a year on than at first`;
};
