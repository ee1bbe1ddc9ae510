-- What the ranked list asks of a judgement, narrow: the list, its groups and its counts read every row of a workspace,
-- and a row of score is six times as wide (docs/decisions/0006).
CREATE TABLE "triage_row" (
    "workspace_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "search" TEXT NOT NULL,
    "owner_id" UUID,
    "industry" TEXT,
    "plan" TEXT,
    "region" TEXT,
    "segment" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "band" TEXT,
    "health" DOUBLE PRECISION,
    "rank" DOUBLE PRECISION NOT NULL,
    "run_rate" DECIMAL,
    "stake" DECIMAL NOT NULL,

    CONSTRAINT "triage_row_pkey" PRIMARY KEY ("workspace_id","account_id")
);
ALTER TABLE "triage_row" ADD CONSTRAINT "triage_row_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
-- As the account's own: who leaves the workspace leaves nobody's name on a book.
ALTER TABLE "triage_row" ADD CONSTRAINT "triage_row_owner_id_fkey" FOREIGN KEY ("workspace_id", "owner_id") REFERENCES "membership"("workspace_id", "user_id") ON DELETE SET NULL ("owner_id") ON UPDATE CASCADE;
-- Not by rank, which changes with every judgement: so most writes touch no index.
CREATE INDEX "triage_row_why_idx" ON "triage_row"("workspace_id", "why");
CREATE INDEX "triage_row_owner_id_idx" ON "triage_row"("workspace_id", "owner_id");
SELECT guard_table('triage_row');

-- What the rows are made from: the judged accounts that are live.
CREATE VIEW "triage_source" WITH (security_invoker = true) AS
  SELECT s.workspace_id, s.account_id, a.name, lower(a.name || E'\n' || a.external_id) AS search, a.owner_id, a.industry, a.plan, a.region, s.segment, s.why, s.band, s.health, s.rank, s.run_rate, s.stake
  FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id AND a.status = 'live';

INSERT INTO "triage_row" SELECT * FROM "triage_source";

-- Read by the list alone; without them a new judgement changes no index.
DROP INDEX "score_rank_idx";
DROP INDEX "score_segment_rank_idx";
