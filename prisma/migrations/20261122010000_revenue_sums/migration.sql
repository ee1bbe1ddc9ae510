-- Revenue of an account over a window that ends with the last full month, and over the window it is compared with:
-- lists behind a number read it instead of two years of months.
CREATE TABLE "revenue_window" (
  "workspace_id" uuid NOT NULL,
  "span" text NOT NULL CHECK (span IN ('trailing_12', 'quarter_year_ago', 'quarter_on_quarter', 'month_year_ago')),
  "account_id" uuid NOT NULL,
  "base" numeric NOT NULL,
  "now" numeric NOT NULL,
  "kind" text,
  CONSTRAINT "revenue_window_pkey" PRIMARY KEY ("workspace_id", "span", "account_id"),
  CONSTRAINT "revenue_window_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
SELECT guard_table('revenue_window');

-- What the revenue screen shows, as sums: one scan of a workspace's months takes seconds, these rows a few milliseconds.
CREATE TABLE "revenue_total" (
  "workspace_id" uuid NOT NULL,
  "figure" text NOT NULL,
  "month" date NOT NULL,
  "slice" text NOT NULL,
  "value" text NOT NULL,
  "base" numeric NOT NULL,
  "now" numeric NOT NULL,
  "kept_base" numeric NOT NULL,
  "accounts" integer NOT NULL,
  "kept" integer NOT NULL,
  CONSTRAINT "revenue_total_pkey" PRIMARY KEY ("workspace_id", "figure", "month", "slice", "value"),
  CONSTRAINT "revenue_total_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
SELECT guard_table('revenue_total');

-- How far the sums go and what made them stale since.
CREATE TABLE "revenue_state" (
  "workspace_id" uuid NOT NULL,
  "through_month" date,
  "stale_from" date,
  "changes" bigint NOT NULL DEFAULT 0,
  "members" text NOT NULL DEFAULT '',
  "accounts_at" timestamptz,
  "settled_at" timestamptz,
  CONSTRAINT "revenue_state_pkey" PRIMARY KEY ("workspace_id"),
  CONSTRAINT "revenue_state_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
SELECT guard_table('revenue_state');

-- Whether any account changed owner or status since the sums were made.
CREATE INDEX "account_updated_at_idx" ON "account" ("workspace_id", "updated_at");
