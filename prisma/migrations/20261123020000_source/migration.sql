-- What is pulled from elsewhere by the clock: a PostgreSQL query, or files in a folder or bucket.
CREATE TABLE "source" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "connection" JSONB NOT NULL,
    "secret" TEXT,
    "mapping" JSONB NOT NULL,
    "every_minutes" INTEGER NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "position" JSONB,
    "rows_read" BIGINT NOT NULL DEFAULT 0,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(6) NOT NULL,
    "last_ok_at" TIMESTAMPTZ(6),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "claim" UUID,
    "claimed_until" TIMESTAMPTZ(6),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "source_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "source_kind_check" CHECK ("kind" IN ('usage', 'accounts')),
    CONSTRAINT "source_every_minutes_check" CHECK ("every_minutes" BETWEEN 1 AND 10080)
);
ALTER TABLE "source" ADD CONSTRAINT "source_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('source');

-- One reading of a source that met rows or failed; the latest are kept.
CREATE TABLE "source_run" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "source_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "rows_read" BIGINT NOT NULL DEFAULT 0,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "duplicates" BIGINT NOT NULL DEFAULT 0,
    "conflicts" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "rejected_by" JSONB NOT NULL DEFAULT '{}',
    "samples" JSONB NOT NULL DEFAULT '[]',
    "place" TEXT,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "source_run_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "source_run_state_check" CHECK ("state" IN ('running', 'done', 'failed', 'stopped'))
);
ALTER TABLE "source_run" ADD CONSTRAINT "source_run_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "source_run_latest_idx" ON "source_run"("workspace_id", "source_id", "started_at");
SELECT guard_table('source_run');

-- How far each file of a source was read, in which version.
CREATE TABLE "source_file" (
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "rows_done" BIGINT NOT NULL DEFAULT 0,
    "done" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "read_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "source_file_pkey" PRIMARY KEY ("workspace_id","source_id","key")
);
ALTER TABLE "source_file" ADD CONSTRAINT "source_file_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('source_file');

-- How often an identical row stood so far in a file being read. Logged, unlike import_row: a reading goes on where it
-- ended, so the counts must be as durable as the place they belong to.
CREATE TABLE "source_row" (
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "seen" INTEGER NOT NULL,

    CONSTRAINT "source_row_pkey" PRIMARY KEY ("workspace_id","source_id","key","hash")
);
ALTER TABLE "source_row" ADD CONSTRAINT "source_row_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('source_row');
