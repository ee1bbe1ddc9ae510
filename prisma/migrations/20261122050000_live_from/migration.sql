-- Nobody reads it: whether the as-of day may go back is asked of the alerts.
ALTER TABLE "workspace" DROP COLUMN "live_from";
