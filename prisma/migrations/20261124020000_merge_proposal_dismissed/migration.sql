-- Whether the two are one by now is read from the accounts, so a merge or its undoing made elsewhere needs no second bookkeeping:
-- only that somebody said no is kept here.
ALTER TABLE "merge_proposal" ADD COLUMN "actor" TEXT, ADD COLUMN "dismissed_at" TIMESTAMPTZ(6), ADD COLUMN "dismissed_by" TEXT;
UPDATE "merge_proposal" SET dismissed_at = proposed_at WHERE state = 'dismissed';
ALTER TABLE "merge_proposal" DROP COLUMN "state";
-- The same two the other way round are the same question.
DELETE FROM "merge_proposal" p USING "merge_proposal" o
  WHERE o.workspace_id = p.workspace_id AND o.from_id = p.into_id AND o.into_id = p.from_id AND p.id > o.id;
DROP INDEX "merge_proposal_pair_key";
CREATE UNIQUE INDEX "merge_proposal_pair_key" ON "merge_proposal"("workspace_id", least(from_id, into_id), greatest(from_id, into_id));
CREATE INDEX "merge_proposal_from_id_idx" ON "merge_proposal"("workspace_id", "from_id");
