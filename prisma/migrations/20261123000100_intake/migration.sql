-- What arrives, by key, client and hour: volume, last seen, gaps. And the latest requests of each key, to look at.
CREATE TABLE "intake_hour" (
    "workspace_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "client" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "requests" INTEGER NOT NULL,
    "accepted" BIGINT NOT NULL,
    "duplicates" BIGINT NOT NULL,
    "conflicts" BIGINT NOT NULL,
    "rejected" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "intake_hour_pkey" PRIMARY KEY ("workspace_id","key_id","client","hour")
);
ALTER TABLE "intake_hour" ADD CONSTRAINT "intake_hour_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('intake_hour');

CREATE TABLE "intake_request" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key_id" UUID NOT NULL,
    "client" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "status" INTEGER NOT NULL,
    "latency_ms" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "duplicates" INTEGER NOT NULL,
    "conflicts" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "reason" TEXT,
    "sample" TEXT,

    CONSTRAINT "intake_request_pkey" PRIMARY KEY ("workspace_id","id")
);
CREATE INDEX "intake_request_at_idx" ON "intake_request"("workspace_id", "key_id", "at" DESC);
ALTER TABLE "intake_request" ADD CONSTRAINT "intake_request_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('intake_request');
