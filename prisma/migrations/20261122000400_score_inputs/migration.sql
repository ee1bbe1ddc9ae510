-- Which meters were used on a day, one bit per meter in the order they were made: breadth without a second scan.
ALTER TABLE "account_day" ADD COLUMN "meters" bigint NOT NULL DEFAULT 0;

-- The workspace clock by day. A null count waits to be counted again at the next close, because late facts reached its day.
CREATE TABLE "clock_tick" (
  "workspace_id" uuid NOT NULL,
  "day" date NOT NULL,
  "active_accounts" integer,
  "clock" double precision NOT NULL,
  CONSTRAINT "clock_tick_pkey" PRIMARY KEY ("workspace_id", "day"),
  CONSTRAINT "clock_tick_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
SELECT guard_table('clock_tick');

-- Weeks of usage are read for the accounts on screen; writing them for every account at every close bought nothing.
ALTER TABLE "score" DROP COLUMN "spark";
-- No rate is read from fewer than 7 days of use.
ALTER TABLE "score" ALTER COLUMN "run_rate" DROP NOT NULL;
ALTER TABLE "score_history" ALTER COLUMN "run_rate" DROP NOT NULL;
