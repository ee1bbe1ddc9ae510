-- Alerts of a late close are told together: the task that sums them up is what says they were.
ALTER TABLE "alert" ADD COLUMN "digest_task_id" uuid;
ALTER TABLE "alert" ADD CONSTRAINT "alert_digest_task_id_fkey" FOREIGN KEY ("workspace_id", "digest_task_id")
  REFERENCES "task"("workspace_id", "id") ON DELETE SET NULL (digest_task_id) ON UPDATE CASCADE;
CREATE INDEX "alert_untold_idx" ON "alert" ("workspace_id") WHERE "digest" AND "digest_task_id" IS NULL AND "state" <> 'resolved';
