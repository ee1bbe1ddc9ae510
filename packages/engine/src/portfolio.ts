import { bandCounts, bookBySlices, bookLoads, firstValues, segmentFlow, type FirstValueRow, type SegmentFlow } from '@tideline/db/read/portfolio';
import { connectedColumns } from '@tideline/db/read/triage-summary';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { asOfDay } from '@tideline/domain/as-of';
import { addDays, addMonths, firstDayOf, monthOf, type Day, type Month } from '@tideline/domain/calendar';
import { sum, toText } from '@tideline/domain/money';
import { segments, type Segment } from '@tideline/domain/segment';
import { bands, type Band } from '@tideline/domain/health';
import { timeToFirstValue } from '@tideline/domain/ttfv';
import type { Deps, Who } from './deps.ts';

/** What "before" means on the portfolio: four whole weeks, like everything that is compared by day. */
const COMPARED_DAYS = 28;
/** Days without a call, mail or meeting after which an account counts as untouched. */
const QUIET_DAYS = 30;
/** Quarters of starts whose way to first value is shown. */
const START_QUARTERS = 8;
/** The k of "share within k days". */
const WITHIN_DAYS = 30;

/** The whole book on one page. Someone who sees only their own accounts gets those. */
export const portfolio = (deps: Pick<Deps, 'db' | 'now'>, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const settings = await workspaceSettings(tx);
    const asOf = asOfDay({ timezone: settings.timezone, asOfPin: settings.asOfPin as Day | null }, deps.now());
    const view = { today: addDays(asOf, 1), closed: settings.closedThrough as Day | null, onlyOwner: who.ownAccountsOf };
    const flows = await segmentFlow(tx, view, COMPARED_DAYS);
    const slices = await bookBySlices(tx, view);
    const firstQuarter = addMonths(quarterOf(asOf), -3 * (START_QUARTERS - 1));
    const starts = await firstValues(tx, firstDayOf(firstQuarter), who.ownAccountsOf);
    const { touches } = await connectedColumns(tx);
    return {
      currency: settings.currency,
      today: view.today,
      closed: view.closed,
      comparedDays: COMPARED_DAYS,
      book: totalOf(flows),
      segments: segmentsOf(flows),
      flows: flows.filter((flow) => flow.from !== flow.to).toSorted((a, b) => b.accounts - a.accounts || Number(b.stake) - Number(a.stake)),
      bands: (await bandCounts(tx, view, COMPARED_DAYS)).toSorted((a, b) => bandOrder(a.band) - bandOrder(b.band)),
      slices,
      firstValue: starts && cohortsOf(starts, asOf),
      loads: await bookLoads(tx, view, QUIET_DAYS),
      quietDays: touches ? QUIET_DAYS : null,
    };
  });
export type PortfolioPage = Awaited<ReturnType<typeof portfolio>>;

const bandOrder = (band: Band | null): number => (band === null ? 9 : bands[band].order);
const quarterOf = (at: Day): Month => addMonths(monthOf(at), -((Number(at.slice(5, 7)) - 1) % 3));

const totalOf = (rows: readonly SegmentFlow[]) => ({
  accounts: rows.reduce((n, row) => n + row.accounts, 0),
  runRate: toText(sum(rows.map((row) => row.runRate))),
  stake: toText(sum(rows.map((row) => row.stake))),
});

/** Size of every segment now and before, and how many came and went in between; accounts judged for the first time came from nowhere. */
const segmentsOf = (flows: readonly SegmentFlow[]) =>
  (Object.keys(segments) as Segment[])
    .map((segment) => {
      const of = (pick: (flow: SegmentFlow) => boolean) => flows.filter(pick).reduce((n, flow) => n + flow.accounts, 0);
      return {
        segment,
        ...totalOf(flows.filter((flow) => flow.to === segment)),
        before: of((flow) => flow.from === segment),
        came: of((flow) => flow.to === segment && flow.from !== segment),
        went: of((flow) => flow.from === segment && flow.to !== segment),
      };
    })
    .filter((row) => row.accounts > 0 || row.before > 0)
    .toSorted((a, b) => segments[a.segment].order - segments[b.segment].order);

/** Kaplan–Meier per start quarter: who has not got there yet counts as waiting, not as missing. */
const cohortsOf = (starts: readonly FirstValueRow[], asOf: Day) =>
  [...Map.groupBy(starts, (row) => quarterOf(row.start))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([quarter, rows]) => ({ quarter, ...timeToFirstValue(rows, asOf, WITHIN_DAYS) }))
    .filter((cohort) => cohort.accounts > 0);
