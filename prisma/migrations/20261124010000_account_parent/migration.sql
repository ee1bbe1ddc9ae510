-- The account it is part of. That there is no cycle and not too many levels is checked where it is written, under a lock.
-- One that was merged keeps it, for when it is taken out again; it has no accounts under it meanwhile.
ALTER TABLE "account" ADD COLUMN "parent_id" UUID;
ALTER TABLE "account" ADD CONSTRAINT "account_parent_check" CHECK (parent_id <> id);
ALTER TABLE "account" ADD CONSTRAINT "account_parent_id_fkey" FOREIGN KEY ("workspace_id", "parent_id") REFERENCES "account"("workspace_id", "id") ON DELETE SET NULL (parent_id) ON UPDATE CASCADE;
CREATE INDEX "account_parent_id_idx" ON "account"("workspace_id", "parent_id") WHERE parent_id IS NOT NULL;
