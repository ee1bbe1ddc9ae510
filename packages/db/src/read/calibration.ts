import { Prisma } from '../../generated/client.ts';
import { addDays, type Day } from '@tideline/domain/calendar';
import type { CalibrationKind, Fit, Lived } from '@tideline/domain/own-calibration';
import type { Calibration } from '@tideline/domain/stake';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

const HORIZON = 90;
const IN_USE = 180;

/**
 * Judgements that closes kept of these days, with what came of each in the 90 days after: of accounts used in the 180 days before.
 * Money is revenue, or the main meter's quantity where nothing is priced. One pass over the days between, whatever the number of accounts.
 */
export const livedJudgements = (tx: WorkspaceTx, days: readonly Day[], { priced }: { priced: boolean }): Promise<Lived[]> => {
  const first = days.toSorted()[0];
  const last = days.toSorted().at(-1);
  if (first === undefined || last === undefined) return Promise.resolve([]);
  const worth = Prisma.raw(priced ? 'revenue' : 'quantity');
  const sums = days.map((day, i) => {
    const name = (what: string) => Prisma.raw(`${what}${i}`);
    const within = (from: number, to: number) => Prisma.sql`day > ${addDays(day, from)}::date AND day <= ${addDays(day, to)}::date`;
    return Prisma.sql`coalesce(bool_or(active) FILTER (WHERE ${within(-IN_USE, 0)}), false) AS ${name('before')}, coalesce(bool_or(active) FILTER (WHERE ${within(0, HORIZON)}), false) AS ${name('after')},
        coalesce(sum(${worth}) FILTER (WHERE ${within(-HORIZON, 0)}), 0)::float8 AS ${name('prior')}, coalesce(sum(${worth}) FILTER (WHERE ${within(0, HORIZON)}), 0)::float8 AS ${name('next')}`;
  });
  const columns = days.map((day, i) => Prisma.raw(`('${day}'::date, before${i}, after${i}, prior${i}, next${i})`));
  return tx.db.$queryRaw<Lived[]>`
    WITH sums AS (
      SELECT account_id, ${Prisma.join(sums)} FROM account_day
      WHERE workspace_id = ${tx.workspaceId}::uuid AND day > ${addDays(first, -IN_USE)}::date AND day <= ${addDays(last, HORIZON)}::date GROUP BY account_id)
    SELECT h.health, h.raw, coalesce(h.log10p, 0) AS log10p, coalesce(h.cadence, 0) AS cadence, coalesce(h.growth, 1) AS growth,
      o.prior, o.next, NOT o.after AS silent,
      CASE WHEN o.prior > 0 THEN o.next < .5 * o.prior ELSE NOT o.after END AS contraction, o.after AND o.next > 1.2 * greatest(o.prior, 0) AS expansion
    FROM sums CROSS JOIN LATERAL (VALUES ${Prisma.join(columns)}) o (day, before, after, prior, next)
    JOIN score_history h ON h.workspace_id = ${tx.workspaceId}::uuid AND h.account_id = sums.account_id AND h.day = o.day
    WHERE h.day = ANY(${plain(days)}::date[]) AND h.health IS NOT NULL AND h.raw IS NOT NULL AND o.before`;
};

export type KeptFit = Fit & { readonly fittedOn: Day };

/** The newest fit of each kind. */
export const newestFits = async (tx: WorkspaceTx): Promise<KeptFit[]> => {
  const rows = await tx.db.$queryRaw<(Omit<Fit, 'curve'> & { fittedOn: Day; ceiling: number | null; middle: number | null; width: number | null })[]>`
    SELECT DISTINCT ON (kind) kind, fitted_on::text AS "fittedOn", ceiling, middle, width, lessons, hits FROM calibration
    WHERE workspace_id = ${tx.workspaceId}::uuid ORDER BY kind, fitted_on DESC`;
  return rows.map(({ ceiling, middle, width, ...fit }) => ({
    ...fit,
    curve: ceiling === null || middle === null || width === null ? null : { ceiling, middle, width },
  }));
};

/** The curve in force of each kind; null: none was found. */
export const ownCurves = async (tx: WorkspaceTx): Promise<Partial<Record<CalibrationKind, Calibration | null>>> =>
  Object.fromEntries((await newestFits(tx)).map(({ kind, curve }) => [kind, curve]));
