-- One correction of facts: a void by id or of a range, or a replacement. Its rows say what stood before, so that it can be undone.
CREATE TABLE "correction" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "filter" JSONB,
    "events" INTEGER NOT NULL DEFAULT 0,
    "actor" TEXT NOT NULL,
    "actor_id" UUID,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "undone_at" TIMESTAMPTZ(6),

    CONSTRAINT "correction_pkey" PRIMARY KEY ("workspace_id","id")
);
ALTER TABLE "correction" ADD CONSTRAINT "correction_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "correction_made_at_idx" ON "correction"("workspace_id", "made_at" DESC);
SELECT guard_table('correction');

-- A fact that is no longer in force: it left "event", so that whoever reads facts there reads none that was taken back.
CREATE TABLE "voided_event" (
    "workspace_id" UUID NOT NULL,
    "correction_id" UUID NOT NULL,
    "key" BYTEA NOT NULL,
    "content" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(6) NOT NULL,
    "day" DATE NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" DECIMAL,
    "properties" JSONB,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "known_at" TIMESTAMPTZ(6) NOT NULL,
    "known_assumed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "voided_event_pkey" PRIMARY KEY ("workspace_id","correction_id","key")
);
CREATE INDEX "voided_event_key_idx" ON "voided_event"("workspace_id", "key");
ALTER TABLE "voided_event" ADD CONSTRAINT "voided_event_correction_id_fkey" FOREIGN KEY ("workspace_id", "correction_id") REFERENCES "correction"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "voided_event" ADD CONSTRAINT "voided_event_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('voided_event');
