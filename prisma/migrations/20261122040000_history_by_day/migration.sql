-- History is written day by day and read by day, so a day lies together: one index that grows at its end instead of two
-- written all over, a third of the time (docs/decisions/0005). One account's days are read by naming the days.
-- Its accounts are named by score, which keeps its key.
ALTER TABLE "score_history" DROP CONSTRAINT "score_history_account_id_fkey", DROP CONSTRAINT "score_history_pkey";
DROP INDEX "score_history_day_idx";
ALTER TABLE "score_history" ADD CONSTRAINT "score_history_pkey" PRIMARY KEY ("workspace_id", "day", "account_id");
