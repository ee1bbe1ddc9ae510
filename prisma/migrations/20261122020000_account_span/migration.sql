-- First and last usage day of an account and how many there are, of all its days: scoring then reads one year and no more.
CREATE TABLE "account_span" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "first_day" date NOT NULL,
  "last_day" date NOT NULL,
  "usage_days" integer NOT NULL,
  CONSTRAINT "account_span_pkey" PRIMARY KEY ("workspace_id", "account_id"),
  CONSTRAINT "account_span_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
SELECT guard_table('account_span');

INSERT INTO "account_span" ("workspace_id", "account_id", "first_day", "last_day", "usage_days")
SELECT "workspace_id", "account_id", min("day"), max("day"), count(*) FROM "account_day" WHERE "active" GROUP BY "workspace_id", "account_id";
