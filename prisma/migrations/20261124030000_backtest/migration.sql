-- A test of a health model on the past: what was asked, what came out, and every account at every cut-off.
CREATE TABLE "backtest" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "run_id" UUID NOT NULL,
    "model_label" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "cutoffs" DATE[] NOT NULL,
    "horizon" INTEGER NOT NULL CHECK (horizon BETWEEN 1 AND 365),
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "summary" JSONB,

    CONSTRAINT "backtest_pkey" PRIMARY KEY ("workspace_id","id")
);
ALTER TABLE "backtest" ADD CONSTRAINT "backtest_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "background_run"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "backtest_run_id_key" ON "backtest"("workspace_id", "run_id");
SELECT guard_table('backtest');

CREATE TABLE "backtest_row" (
    "workspace_id" UUID NOT NULL,
    "backtest_id" UUID NOT NULL,
    "cutoff" DATE NOT NULL,
    "account_id" UUID NOT NULL,
    "health" DOUBLE PRECISION,
    "raw" DOUBLE PRECISION,
    "segment" TEXT NOT NULL,
    "p_churn" DOUBLE PRECISION,

    CONSTRAINT "backtest_row_pkey" PRIMARY KEY ("workspace_id","backtest_id","cutoff","account_id")
);
ALTER TABLE "backtest_row" ADD CONSTRAINT "backtest_row_backtest_id_fkey" FOREIGN KEY ("workspace_id", "backtest_id") REFERENCES "backtest"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('backtest_row');
