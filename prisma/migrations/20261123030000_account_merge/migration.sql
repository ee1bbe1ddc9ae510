-- An account that was merged into another: what comes for its key from then on counts there.
ALTER TABLE "account" ADD COLUMN "merged_into" UUID;
ALTER TABLE "account" DROP CONSTRAINT "account_status_check";
ALTER TABLE "account" ADD CONSTRAINT "account_status_check" CHECK (status IN ('live', 'closed', 'internal', 'test', 'merged'));
ALTER TABLE "account" ADD CONSTRAINT "account_merged_check" CHECK ((status = 'merged') = (merged_into IS NOT NULL) AND merged_into <> id);
ALTER TABLE "account" ADD CONSTRAINT "account_merged_into_fkey" FOREIGN KEY ("workspace_id", "merged_into") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "account_merged_into_idx" ON "account"("workspace_id", "merged_into") WHERE merged_into IS NOT NULL;

-- Counts merges and their undoing: who remembers which account a key means forgets it when this moves on.
ALTER TABLE "workspace" ADD COLUMN "merges" INTEGER NOT NULL DEFAULT 0;

-- The account whose key the event was sent under, where it counts in another: an undone merge knows by it what goes back.
ALTER TABLE "event" ADD COLUMN "sent_as" UUID;
ALTER TABLE "voided_event" ADD COLUMN "sent_as" UUID;

CREATE TABLE "account_merge" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "from_id" UUID NOT NULL,
    "into_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'merging' CHECK (state IN ('merging', 'merged', 'undoing', 'undone')),
    "events" INTEGER NOT NULL DEFAULT 0,
    "first_day" DATE,
    "moved" JSONB NOT NULL DEFAULT '{}',
    "actor" TEXT NOT NULL,
    "actor_id" UUID,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "undone_at" TIMESTAMPTZ(6),

    CONSTRAINT "account_merge_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "account_merge_two" CHECK (from_id <> into_id)
);
ALTER TABLE "account_merge" ADD CONSTRAINT "account_merge_from_id_fkey" FOREIGN KEY ("workspace_id", "from_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "account_merge" ADD CONSTRAINT "account_merge_into_id_fkey" FOREIGN KEY ("workspace_id", "into_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "account_merge_one_standing" ON "account_merge"("workspace_id", "from_id") WHERE state <> 'undone';
CREATE INDEX "account_merge_from_id_idx" ON "account_merge"("workspace_id", "from_id");
CREATE INDEX "account_merge_into_id_idx" ON "account_merge"("workspace_id", "into_id");
SELECT guard_table('account_merge');
