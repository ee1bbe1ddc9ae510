import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { ModelConfig } from '@tideline/domain/model-config';
import type { WorkspaceTx } from '../workspace.ts';

export type BacktestHead = {
  id: string;
  runId: string;
  model: string;
  config: ModelConfig;
  cutoffs: Day[];
  horizon: number;
  askedBy: string;
  askedAt: Date;
  state: string;
  done: number;
  total: number;
  error: string | null;
};

const select = (tx: WorkspaceTx, more: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT b.id::text, b.run_id::text AS "runId", b.model_label AS model, b.config, b.cutoffs::text[] AS cutoffs, b.horizon, b.asked_by AS "askedBy", b.asked_at AS "askedAt",
    r.state, r.done, r.total, r.error, ${more}
  FROM backtest b JOIN background_run r ON r.workspace_id = b.workspace_id AND r.id = b.run_id
  WHERE b.workspace_id = ${tx.workspaceId}::uuid`;

/** The kept backtests, newest first, with the one figure that sums them up. */
export const backtests = (tx: WorkspaceTx): Promise<(BacktestHead & { auc: number | null })[]> =>
  tx.db.$queryRaw`${select(tx, Prisma.sql`(b.summary #>> '{mean,p90,rankings,health,auc}')::float8 AS auc`)} ORDER BY b.asked_at DESC, b.id`;

/** One by its own id, or by that of its run; null when it is not there. */
export const backtestBy = async (
  tx: WorkspaceTx,
  { id, runId }: { id: string; runId?: undefined } | { id?: undefined; runId: string },
): Promise<(BacktestHead & { summary: unknown }) | null> => {
  const which = id === undefined ? Prisma.sql`b.run_id = ${runId}::uuid` : Prisma.sql`b.id = ${id}::uuid`;
  const [row] = await tx.db.$queryRaw<(BacktestHead & { summary: unknown })[]>`${select(tx, Prisma.sql`b.summary`)} AND ${which}`;
  return row ?? null;
};

export type BacktestLine = {
  accountId: string;
  externalId: string;
  cutoff: Day;
  health: number | null;
  raw: number | null;
  segment: string;
  pChurn: number | null;
};

/** Rows of a backtest behind one, by cut-off and account. */
export const backtestRows = (tx: WorkspaceTx, id: string, after: Pick<BacktestLine, 'cutoff' | 'accountId'> | null, limit: number): Promise<BacktestLine[]> =>
  tx.db.$queryRaw<BacktestLine[]>`
    SELECT r.account_id::text AS "accountId", a.external_id AS "externalId", r.cutoff::text, r.health, r.raw, r.segment, r.p_churn AS "pChurn"
    FROM backtest_row r JOIN account a ON a.workspace_id = r.workspace_id AND a.id = r.account_id
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.backtest_id = ${id}::uuid
      AND (${after === null} OR (r.cutoff, r.account_id) > (${after?.cutoff ?? null}::date, ${after?.accountId ?? null}::uuid))
    ORDER BY r.cutoff, r.account_id LIMIT ${limit}`;

/** Names of accounts by id. */
export const accountNames = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows = await tx.db.account.findMany({ where: { workspaceId: tx.workspaceId, id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
};
