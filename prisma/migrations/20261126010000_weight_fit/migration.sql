-- Weights fitted to the workspace's own past, and the days they were tested on.
CREATE TABLE "weight_fit" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "run_id" UUID NOT NULL,
    "model_label" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "cutoffs" DATE[] NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "finding" JSONB,

    CONSTRAINT "weight_fit_pkey" PRIMARY KEY ("workspace_id","id")
);
ALTER TABLE "weight_fit" ADD CONSTRAINT "weight_fit_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "background_run"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "weight_fit_run_id_key" ON "weight_fit"("workspace_id", "run_id");
SELECT guard_table('weight_fit');
