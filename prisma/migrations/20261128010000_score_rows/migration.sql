-- A close writes every row of a workspace anew (docs/decisions/0013). Half of each page is left free, so that the new row lands
-- beside the old one and no index is touched. What is only stored and read back whole is kept as the text it came as: taking
-- it apart into JSONB took longer than writing all other columns.
ALTER TABLE "score" ALTER COLUMN "measures" TYPE JSON, ALTER COLUMN "reason" TYPE JSON, ALTER COLUMN "segment_state" TYPE JSON;
ALTER TABLE "score" SET (fillfactor = 45);
ALTER TABLE "triage_row" SET (fillfactor = 45);
ALTER TABLE "account_weeks" SET (fillfactor = 45);
