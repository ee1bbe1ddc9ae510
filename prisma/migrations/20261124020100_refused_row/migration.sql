-- Rows of imports and sources that were refused stand beside what was refused over HTTP, with what their replay needs: whose rows they
-- are, which fact they are where they have no id of their own, and since when they count as known where the row says so.
ALTER TABLE "refused_event" ADD COLUMN "origin_id" UUID, ADD COLUMN "identity" BYTEA, ADD COLUMN "known_at" TIMESTAMPTZ(3);
CREATE INDEX "refused_event_origin_id_idx" ON "refused_event"("workspace_id", "origin_id");
