import type { Prisma } from '../../generated/client.ts';
import type { BacktestRow } from '@tideline/domain/backtest';
import type { Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

const KEPT = 20;
const PAGE = 5_000;

export type NewBacktest = { runId: string; model: string; config: object; cutoffs: readonly Day[]; horizon: number; askedBy: string; at: Date };

/** Notes what was asked, and lets the oldest go beyond twenty. */
export const openBacktest = async (tx: WorkspaceTx, made: NewBacktest): Promise<string> => {
  const { id } = await tx.db.backtest.create({
    data: {
      workspaceId: tx.workspaceId,
      runId: made.runId,
      modelLabel: made.model,
      config: made.config as Prisma.InputJsonObject,
      cutoffs: made.cutoffs.map((day) => new Date(`${day}T00:00:00Z`)),
      horizon: made.horizon,
      askedBy: made.askedBy,
      askedAt: made.at,
    },
    select: { id: true },
  });
  await tx.db.$executeRaw`
    DELETE FROM backtest WHERE workspace_id = ${tx.workspaceId}::uuid AND id IN (
      SELECT b.id FROM backtest b JOIN background_run r ON r.workspace_id = b.workspace_id AND r.id = b.run_id
      WHERE b.workspace_id = ${tx.workspaceId}::uuid AND r.state <> 'running' ORDER BY b.asked_at DESC, b.id OFFSET ${KEPT})`;
  return id;
};

/** Stores what came out; what an earlier attempt left is replaced. */
export const keepBacktest = async (tx: WorkspaceTx, id: string, summary: object, rows: readonly BacktestRow[]): Promise<void> => {
  await tx.db.backtest.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, data: { summary: summary as Prisma.InputJsonObject } });
  await tx.db.backtestRow.deleteMany({ where: { workspaceId: tx.workspaceId, backtestId: id } });
  for (let i = 0; i < rows.length; i += PAGE) {
    const page = rows.slice(i, i + PAGE);
    await tx.db.$executeRaw`
      INSERT INTO backtest_row (workspace_id, backtest_id, cutoff, account_id, health, raw, segment, p_churn)
      SELECT ${tx.workspaceId}::uuid, ${id}::uuid, * FROM unnest(${plain(page.map((row) => row.cutoff))}::date[], ${plain(page.map((row) => row.accountId))}::uuid[],
        ${plain(page.map((row) => row.health))}::float8[], ${plain(page.map((row) => row.raw))}::float8[], ${plain(page.map((row) => row.segment))}::text[],
        ${plain(page.map((row) => row.pChurn))}::float8[])`;
  }
};
