-- What was not taken in, as it was sent, so that it can be once the cause is gone. The same refusal again is counted, not kept again.
CREATE TABLE "refused_event" (
    "workspace_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "key_id" UUID,
    "client" TEXT NOT NULL,
    "event_id" TEXT,
    "account" TEXT,
    "event" TEXT,
    "body" TEXT NOT NULL,
    "whole" BOOLEAN NOT NULL,
    "historical" BOOLEAN NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "refused_event_pkey" PRIMARY KEY ("workspace_id","hash")
);
CREATE INDEX "refused_event_reason_idx" ON "refused_event"("workspace_id", "reason", "last_at" DESC);
ALTER TABLE "refused_event" ADD CONSTRAINT "refused_event_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('refused_event');
