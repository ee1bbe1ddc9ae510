import type { AccountPages } from '@tideline/contracts/account-page';
import { Problem } from '@tideline/contracts/problem';
import { accountById } from '@tideline/db/read/account-page';
import { firstUsage, type MarkRow, marksBetween, type MeterSeries, meterSeries, revenueSeries, segmentsSince } from '@tideline/db/read/account-usage';
import { withWorkspace } from '@tideline/db/workspace';
import { addDays, daysFromTo } from '@tideline/domain/calendar';
import { segments } from '@tideline/domain/segment';
import { holding } from './data-fault-view.ts';
import type { Deps, Who } from './deps.ts';
import { settingOf } from './triage-query.ts';

/** A year is 52 weeks here, so that it starts on the weekday it ends before. */
const YEAR_DAYS = 364;
/** What the own normal of the first day shown is made of. */
const LEAD_DAYS = 84;

/** A year of usage by day and meter to the last closed day, and what happened meanwhile. */
export const usage = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { view, priced, currency } = await settingOf(tx, deps, who);
    const account = await accountById(tx, id, who.ownAccountsOf);
    if (!account) throw new Problem('not-found', 'There is no such account');
    const through = view.closed ?? addDays(view.today, -1);
    const shownFrom = addDays(through, 1 - YEAR_DAYS);
    const from = addDays(shownFrom, -LEAD_DAYS);
    const series = await meterSeries(tx, id, from, through);
    const marks = await marksBetween(tx, id, shownFrom, through);
    return {
      days: daysFromTo(from, through),
      lead: LEAD_DAYS,
      firstDay: await firstUsage(tx, id),
      revenue: priced ? await revenueSeries(tx, id, from, through) : null,
      meters: series.map((meter) => meterShown(meter, priced)),
      segments: await segmentsSince(tx, id, shownFrom),
      heldFrom: account.status === 'live' ? ((await holding(tx, id))?.since ?? null) : null,
      events: marks.map((mark) => ({ id: mark.id, day: mark.day, kind: mark.kind, label: markWords(mark, currency) })),
    };
  });

const meterShown = ({ aggregation, quantity, revenue, ...meter }: MeterSeries, priced: boolean): AccountPages['Usage']['meters'][number] => ({
  ...meter,
  level: aggregation === 'LAST',
  quantity: aggregation === 'LAST' ? carried(quantity) : quantity.map((value) => value ?? '0'),
  revenue: priced ? revenue.map((value) => value ?? '0') : null,
});

/** A level stays what it was until it is read again. */
const carried = (values: readonly (string | null)[]): string[] => {
  let level = '0';
  return values.map((value) => (level = value ?? level));
};

const segmentLabel = (code: string | null): string => (code !== null && code in segments ? segments[code as keyof typeof segments].label : (code ?? ''));
const touchWords = { call: 'Call', email: 'Mail', meeting: 'Meeting', note: 'Note' } as const;

const markWords = ({ kind, label, extra }: MarkRow, currency: string): string => {
  if (kind === 'segment') return `${segmentLabel(extra)} to ${segmentLabel(label)}`;
  if (kind === 'touch') return [touchWords[extra as keyof typeof touchWords], label].filter(Boolean).join(': ');
  if (kind === 'price') return `${label} costs ${extra ?? ''} ${currency}`;
  if (kind === 'contract') return label ? `Contract over ${label} ${currency} begins` : 'Contract begins';
  return label;
};
