-- How health reads as a probability, and as a share of money, in the workspace's own past: one fit every four weeks.
CREATE TABLE "calibration" (
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL CHECK (kind IN ('silent', 'contraction', 'expansion', 'loss')),
    "fitted_on" DATE NOT NULL,
    "ceiling" DOUBLE PRECISION,
    "middle" DOUBLE PRECISION,
    "width" DOUBLE PRECISION,
    "lessons" INTEGER NOT NULL,
    "hits" INTEGER NOT NULL,

    CONSTRAINT "calibration_pkey" PRIMARY KEY ("workspace_id","kind","fitted_on"),
    CONSTRAINT "calibration_whole" CHECK ((ceiling IS NULL) = (middle IS NULL) AND (middle IS NULL) = (width IS NULL))
);
ALTER TABLE "calibration" ADD CONSTRAINT "calibration_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('calibration');
