-- A tenant.
CREATE TABLE "workspace" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "slug" text NOT NULL,
  "name" text NOT NULL,
  "timezone" text NOT NULL DEFAULT 'UTC',
  "currency" text NOT NULL DEFAULT 'USD',
  "as_of_pin" date,
  "live_from" date,
  "closed_through" date,
  "main_meter_id" uuid,
  "unknown_accounts" text NOT NULL DEFAULT 'create' CHECK (unknown_accounts IN ('create', 'refuse')),
  "csm_scope" text NOT NULL DEFAULT 'all' CHECK (csm_scope IN ('all', 'own')),
  "nrr_definition" text,
  "nrr_target" numeric NOT NULL DEFAULT 1.2,
  "new_logo_months" integer NOT NULL DEFAULT 12,
  "demo" boolean NOT NULL DEFAULT false,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "workspace_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "workspace_slug_key" UNIQUE ("slug")
);

-- A person. May belong to several workspaces.
CREATE TABLE "app_user" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "email" text NOT NULL,
  "name" text NOT NULL,
  "password_hash" text,
  "session_version" integer NOT NULL DEFAULT 0,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "app_user_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "app_user_email_key" UNIQUE ("email")
);

-- A person's role in a workspace.
CREATE TABLE "membership" (
  "workspace_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "role" text NOT NULL CHECK (role IN ('ADMIN', 'LEADER', 'CSM', 'VIEWER')),
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "membership_pkey" PRIMARY KEY ("workspace_id", "user_id"),
  CONSTRAINT "membership_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A one-time link to set a password.
CREATE TABLE "password_reset" (
  "token_hash" bytea NOT NULL,
  "user_id" uuid NOT NULL,
  "expires_at" timestamptz NOT NULL,
  "used_at" timestamptz,
  CONSTRAINT "password_reset_pkey" PRIMARY KEY ("token_hash"),
  CONSTRAINT "password_reset_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- The one-time link that creates the first workspace of an empty installation.
CREATE TABLE "setup_link" (
  "token_hash" bytea NOT NULL,
  "expires_at" timestamptz NOT NULL,
  "used_at" timestamptz,
  CONSTRAINT "setup_link_pkey" PRIMARY KEY ("token_hash")
);

-- Throttle of sign-in, by person and by address.
CREATE TABLE "sign_in_attempt" (
  "key" text NOT NULL,
  "failures" integer NOT NULL DEFAULT 0,
  "window_start" timestamptz NOT NULL,
  CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("key")
);

-- A role offered by e-mail, by a link that expires.
CREATE TABLE "invitation" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "email" text NOT NULL,
  "role" text NOT NULL CHECK (role IN ('ADMIN', 'LEADER', 'CSM', 'VIEWER')),
  "token_hash" bytea NOT NULL,
  "expires_at" timestamptz NOT NULL,
  "accepted_at" timestamptz,
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "invitation_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "invitation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A machine's credential; only its hash is kept.
CREATE TABLE "api_key" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "name" text NOT NULL,
  "prefix" text NOT NULL,
  "hash" bytea NOT NULL,
  "scopes" text[] NOT NULL,
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "expires_at" timestamptz,
  "last_used_at" timestamptz,
  "revoked_at" timestamptz,
  CONSTRAINT "api_key_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "api_key_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "api_key_hash_key" UNIQUE ("workspace_id", "hash")
);

-- A customer company of the workspace.
CREATE TABLE "account" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "external_id" text NOT NULL,
  "name" text NOT NULL,
  "status" text NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'closed', 'internal', 'test')),
  "owner_id" uuid,
  "industry" text,
  "plan" text,
  "region" text,
  "fields" jsonb NOT NULL DEFAULT '{}',
  "contract_start" date,
  "created_day" date,
  "created_via" text NOT NULL DEFAULT 'event' CHECK (created_via IN ('event', 'import', 'api', 'hand', 'demo')),
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "updated_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "account_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "account_owner_id_fkey" FOREIGN KEY ("workspace_id", "owner_id") REFERENCES "membership"("workspace_id", "user_id") ON DELETE SET NULL (owner_id) ON UPDATE CASCADE,
  CONSTRAINT "account_external_id_key" UNIQUE ("workspace_id", "external_id")
);

CREATE INDEX "account_owner_id_idx" ON "account" ("workspace_id", "owner_id");

-- Term and commitment (prepaid consumption) of an account.
CREATE TABLE "contract" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "account_id" uuid NOT NULL,
  "start_day" date NOT NULL,
  "end_day" date NOT NULL,
  "commitment" numeric,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "contract_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "contract_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "contract_account_id_idx" ON "contract" ("workspace_id", "account_id");

-- How events become a quantity; its definition is in its versions.
CREATE TABLE "meter" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "key" text NOT NULL,
  "name" text NOT NULL,
  "unit" text NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  "archived_at" timestamptz,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "meter_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "meter_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "meter_key_key" UNIQUE ("workspace_id", "key")
);

-- One definition of a meter. A changed meter is a new version, filled beside the old one.
CREATE TABLE "meter_version" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "meter_id" uuid NOT NULL,
  "version" integer NOT NULL,
  "event_name" text NOT NULL,
  "aggregation" text NOT NULL CHECK (aggregation IN ('SUM', 'COUNT', 'UNIQUE', 'MAX', 'LAST')),
  "value_field" text,
  "filter" jsonb NOT NULL DEFAULT '[]',
  "activity_filter" jsonb NOT NULL DEFAULT '[]',
  "counts_activity" boolean NOT NULL,
  "state" text NOT NULL DEFAULT 'current' CHECK (state IN ('filling', 'current', 'retired')),
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "meter_version_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "meter_version_meter_id_fkey" FOREIGN KEY ("workspace_id", "meter_id") REFERENCES "meter"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "meter_version_meter_id_version_key" UNIQUE ("workspace_id", "meter_id", "version")
);

-- What a unit of a meter earns, from a day on.
CREATE TABLE "price" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "meter_id" uuid NOT NULL,
  "currency" text NOT NULL,
  "plan" jsonb NOT NULL,
  "effective_from" date NOT NULL,
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "price_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "price_meter_id_fkey" FOREIGN KEY ("workspace_id", "meter_id") REFERENCES "meter"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "price_meter_id_currency_effective_from_key" UNIQUE ("workspace_id", "meter_id", "currency", "effective_from")
);

-- A usage condition; the first-value milestone defines time to first value.
CREATE TABLE "milestone" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "name" text NOT NULL,
  "meter_id" uuid NOT NULL,
  "threshold" numeric NOT NULL,
  "first_value" boolean NOT NULL DEFAULT false,
  "archived_at" timestamptz,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "milestone_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "milestone_meter_id_fkey" FOREIGN KEY ("workspace_id", "meter_id") REFERENCES "meter"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- The day an account reached a milestone.
CREATE TABLE "milestone_reached" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "milestone_id" uuid NOT NULL,
  "day" date NOT NULL,
  CONSTRAINT "milestone_reached_pkey" PRIMARY KEY ("workspace_id", "account_id", "milestone_id"),
  CONSTRAINT "milestone_reached_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "milestone_reached_milestone_id_fkey" FOREIGN KEY ("workspace_id", "milestone_id") REFERENCES "milestone"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Identity of every event ever accepted; outlives the raw events.
CREATE TABLE "event_key" (
  "workspace_id" uuid NOT NULL,
  "key" bytea NOT NULL,
  "content" bytea NOT NULL,
  "day" date NOT NULL,
  "known_at" timestamptz NOT NULL,
  CONSTRAINT "event_key_pkey" PRIMARY KEY ("workspace_id", "key")
);

-- One immutable fact. Partitioned by month of event time.
CREATE TABLE "event" (
  "workspace_id" uuid NOT NULL,
  "time" timestamptz NOT NULL,
  "key" bytea NOT NULL,
  "day" date NOT NULL,
  "account_id" uuid NOT NULL,
  "name" text NOT NULL,
  "value" numeric,
  "properties" jsonb,
  "received_at" timestamptz NOT NULL,
  "known_at" timestamptz NOT NULL,
  "known_assumed" boolean NOT NULL DEFAULT false,
  CONSTRAINT "event_pkey" PRIMARY KEY ("workspace_id", "time", "key")
) PARTITION BY RANGE ("time");

CREATE INDEX "event_account_id_time_idx" ON "event" ("workspace_id", "account_id", "time");

-- Distinct values already counted by UNIQUE meters.
CREATE TABLE "unique_value" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "meter_version_id" uuid NOT NULL,
  "day" date NOT NULL,
  "hash" bytea NOT NULL,
  CONSTRAINT "unique_value_pkey" PRIMARY KEY ("workspace_id", "account_id", "meter_version_id", "day", "hash"),
  CONSTRAINT "unique_value_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "unique_value_meter_version_id_fkey" FOREIGN KEY ("workspace_id", "meter_version_id") REFERENCES "meter_version"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Quantity per account, meter and day, as known now.
CREATE TABLE "daily_usage" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "meter_version_id" uuid NOT NULL,
  "day" date NOT NULL,
  "quantity" numeric NOT NULL,
  "active" integer NOT NULL,
  "last_at" timestamptz NOT NULL,
  "last_key" bytea NOT NULL,
  CONSTRAINT "daily_usage_pkey" PRIMARY KEY ("workspace_id", "account_id", "meter_version_id", "day"),
  CONSTRAINT "daily_usage_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "daily_usage_meter_version_id_fkey" FOREIGN KEY ("workspace_id", "meter_version_id") REFERENCES "meter_version"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "daily_usage_day_idx" ON "daily_usage" ("workspace_id", "day");

-- What became known after its day; as known on D = daily_usage less all with known_on > D.
CREATE TABLE "daily_usage_late" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "meter_version_id" uuid NOT NULL,
  "day" date NOT NULL,
  "known_on" date NOT NULL,
  "quantity" numeric NOT NULL,
  "active" integer NOT NULL,
  CONSTRAINT "daily_usage_late_pkey" PRIMARY KEY ("workspace_id", "account_id", "meter_version_id", "day", "known_on"),
  CONSTRAINT "daily_usage_late_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "daily_usage_late_meter_version_id_fkey" FOREIGN KEY ("workspace_id", "meter_version_id") REFERENCES "meter_version"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Accounts with usage not yet rated and scored, and the earliest day that changed.
CREATE TABLE "rescore" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "from_day" date NOT NULL,
  "marked_at" timestamptz NOT NULL,
  CONSTRAINT "rescore_pkey" PRIMARY KEY ("workspace_id", "account_id"),
  CONSTRAINT "rescore_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Money per account, meter and day: rated from daily usage.
CREATE TABLE "daily_revenue" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "meter_id" uuid NOT NULL,
  "day" date NOT NULL,
  "amount" numeric NOT NULL,
  CONSTRAINT "daily_revenue_pkey" PRIMARY KEY ("workspace_id", "account_id", "meter_id", "day"),
  CONSTRAINT "daily_revenue_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "daily_revenue_meter_id_fkey" FOREIGN KEY ("workspace_id", "meter_id") REFERENCES "meter"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- What the score reads: was the account active on the day, and what it earned.
CREATE TABLE "account_day" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "day" date NOT NULL,
  "active" boolean NOT NULL,
  "revenue" numeric NOT NULL,
  "quantity" numeric NOT NULL,
  CONSTRAINT "account_day_pkey" PRIMARY KEY ("workspace_id", "account_id", "day"),
  CONSTRAINT "account_day_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "account_day_day_idx" ON "account_day" ("workspace_id", "day");

-- A closed day and the numbers that are relative to the whole workspace (score.md 4).
CREATE TABLE "day_close" (
  "workspace_id" uuid NOT NULL,
  "day" date NOT NULL,
  "active_accounts" integer NOT NULL,
  "clock" double precision NOT NULL,
  "regularity" double precision NOT NULL,
  "vbar" double precision NOT NULL,
  "peers" double precision[] NOT NULL,
  "onboarding" jsonb NOT NULL,
  "median_ttfv" double precision,
  "backfilled" boolean NOT NULL,
  "late" boolean NOT NULL,
  "closed_at" timestamptz NOT NULL,
  CONSTRAINT "day_close_pkey" PRIMARY KEY ("workspace_id", "day"),
  CONSTRAINT "day_close_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A version of weights, caps, bands and segment thresholds.
CREATE TABLE "health_model" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "version" integer NOT NULL,
  "state" text NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
  "config" jsonb NOT NULL,
  "note" text NOT NULL DEFAULT '',
  "author_id" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "updated_at" timestamptz NOT NULL DEFAULT now(),
  "published_at" timestamptz,
  CONSTRAINT "health_model_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "health_model_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "health_model_version_key" UNIQUE ("workspace_id", "version")
);

-- The current judgement of an account: what triage lists.
CREATE TABLE "score" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "as_of" date NOT NULL,
  "live" boolean NOT NULL,
  "scored_at" timestamptz NOT NULL,
  "model_id" uuid NOT NULL,
  "health" double precision,
  "raw" double precision,
  "band" text,
  "provisional" boolean NOT NULL DEFAULT false,
  "cadence" double precision,
  "silence" double precision,
  "standing" double precision,
  "momentum" double precision,
  "log10p" double precision,
  "growth" double precision,
  "expansion_index" double precision,
  "p_silent" double precision,
  "segment" text NOT NULL,
  "segment_since" date NOT NULL,
  "segment_reason" text NOT NULL,
  "segment_state" jsonb NOT NULL,
  "badges" text[] NOT NULL,
  "why" text NOT NULL,
  "reason" jsonb NOT NULL,
  "next_action" text NOT NULL,
  "measures" jsonb NOT NULL,
  "run_rate" numeric NOT NULL,
  "stake" numeric NOT NULL,
  "urgency" double precision NOT NULL,
  "rank" double precision NOT NULL,
  "spark" jsonb NOT NULL,
  "last_day" date,
  CONSTRAINT "score_pkey" PRIMARY KEY ("workspace_id", "account_id"),
  CONSTRAINT "score_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "score_model_id_fkey" FOREIGN KEY ("workspace_id", "model_id") REFERENCES "health_model"("workspace_id", "id") ON UPDATE CASCADE
);

CREATE INDEX "score_rank_idx" ON "score" ("workspace_id", "rank");

CREATE INDEX "score_segment_rank_idx" ON "score" ("workspace_id", "segment", "rank");

-- The judgement per account and day; append-only.
CREATE TABLE "score_history" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "day" date NOT NULL,
  "model_id" uuid NOT NULL,
  "health" double precision,
  "raw" double precision,
  "band" text,
  "segment" text NOT NULL,
  "cadence" double precision,
  "silence" double precision,
  "standing" double precision,
  "momentum" double precision,
  "log10p" double precision,
  "growth" double precision,
  "stake" numeric NOT NULL,
  "run_rate" numeric NOT NULL,
  "backfilled" boolean NOT NULL,
  "written_at" timestamptz NOT NULL,
  CONSTRAINT "score_history_pkey" PRIMARY KEY ("workspace_id", "account_id", "day"),
  CONSTRAINT "score_history_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "score_history_day_idx" ON "score_history" ("workspace_id", "day");

-- A change of segment, with its evidence.
CREATE TABLE "segment_transition" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "day" date NOT NULL,
  "from_segment" text,
  "to_segment" text NOT NULL,
  "reason" text NOT NULL,
  "evidence" jsonb NOT NULL,
  "backfilled" boolean NOT NULL,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "segment_transition_pkey" PRIMARY KEY ("workspace_id", "account_id", "day", "to_segment"),
  CONSTRAINT "segment_transition_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "segment_transition_day_idx" ON "segment_transition" ("workspace_id", "day");

-- Revenue per account and calendar month; month is its first day.
CREATE TABLE "monthly_revenue" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "month" date NOT NULL,
  "amount" numeric NOT NULL,
  "usage_days" integer NOT NULL,
  CONSTRAINT "monthly_revenue_pkey" PRIMARY KEY ("workspace_id", "account_id", "month"),
  CONSTRAINT "monthly_revenue_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "monthly_revenue_month_idx" ON "monthly_revenue" ("workspace_id", "month");

-- Why revenue changed from the month before (metrics.md).
CREATE TABLE "movement" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "month" date NOT NULL,
  "kind" text NOT NULL,
  "amount" numeric NOT NULL,
  "logos" integer NOT NULL DEFAULT 0,
  CONSTRAINT "movement_pkey" PRIMARY KEY ("workspace_id", "account_id", "month", "kind"),
  CONSTRAINT "movement_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "movement_month_kind_idx" ON "movement" ("workspace_id", "month", "kind");

-- What fires an alert.
CREATE TABLE "alert_rule" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "name" text NOT NULL,
  "kind" text NOT NULL,
  "config" jsonb NOT NULL,
  "enabled" boolean NOT NULL DEFAULT true,
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "updated_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "alert_rule_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A rule crossed by an account, with the evidence as it was.
CREATE TABLE "alert" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "rule_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "state" text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'acknowledged', 'snoozed', 'resolved')),
  "opened_on" date NOT NULL,
  "opened_at" timestamptz NOT NULL,
  "sentence" text NOT NULL,
  "evidence" jsonb NOT NULL,
  "digest" boolean NOT NULL DEFAULT false,
  "assignee_id" uuid,
  "acknowledged_at" timestamptz,
  "acknowledged_by" uuid,
  "snoozed_until" date,
  "snooze_reason" text,
  "resolved_on" date,
  "resolved_at" timestamptz,
  "resolved_by" uuid,
  "resolution" text,
  CONSTRAINT "alert_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "alert_rule_id_fkey" FOREIGN KEY ("workspace_id", "rule_id") REFERENCES "alert_rule"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "alert_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "alert_assignee_id_fkey" FOREIGN KEY ("workspace_id", "assignee_id") REFERENCES "membership"("workspace_id", "user_id") ON DELETE SET NULL (assignee_id) ON UPDATE CASCADE
);

CREATE INDEX "alert_account_id_idx" ON "alert" ("workspace_id", "account_id");

CREATE INDEX "alert_state_opened_at_idx" ON "alert" ("workspace_id", "state", "opened_at");

-- One step for one person.
CREATE TABLE "task" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "account_id" uuid NOT NULL,
  "alert_id" uuid,
  "title" text NOT NULL,
  "note" text NOT NULL DEFAULT '',
  "owner_id" uuid,
  "due_day" date,
  "state" text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dismissed')),
  "outcome" text,
  "closed_at" timestamptz,
  "closed_by" uuid,
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "task_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "task_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "task_alert_id_fkey" FOREIGN KEY ("workspace_id", "alert_id") REFERENCES "alert"("workspace_id", "id") ON DELETE SET NULL (alert_id) ON UPDATE CASCADE,
  CONSTRAINT "task_owner_id_fkey" FOREIGN KEY ("workspace_id", "owner_id") REFERENCES "membership"("workspace_id", "user_id") ON DELETE SET NULL (owner_id) ON UPDATE CASCADE
);

CREATE INDEX "task_account_id_idx" ON "task" ("workspace_id", "account_id");

CREATE INDEX "task_state_due_day_idx" ON "task" ("workspace_id", "state", "due_day");

-- A logged engagement or a note.
CREATE TABLE "touch" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "account_id" uuid NOT NULL,
  "kind" text NOT NULL CHECK (kind IN ('call', 'email', 'meeting', 'note')),
  "body" text NOT NULL,
  "day" date NOT NULL,
  "at" timestamptz NOT NULL,
  "by_id" uuid,
  CONSTRAINT "touch_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "touch_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "touch_account_id_at_idx" ON "touch" ("workspace_id", "account_id", "at");

-- An account out of triage until a day, with the reason.
CREATE TABLE "snooze" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "until_day" date NOT NULL,
  "reason" text NOT NULL,
  "by_id" uuid,
  "at" timestamptz NOT NULL,
  CONSTRAINT "snooze_pkey" PRIMARY KEY ("workspace_id", "account_id"),
  CONSTRAINT "snooze_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- An account handled: it leaves triage until something new happens.
CREATE TABLE "triage_done" (
  "workspace_id" uuid NOT NULL,
  "account_id" uuid NOT NULL,
  "day" date NOT NULL,
  "at" timestamptz NOT NULL,
  "by_id" uuid,
  "segment" text NOT NULL,
  "why" text NOT NULL,
  "health" double precision,
  CONSTRAINT "triage_done_pkey" PRIMARY KEY ("workspace_id", "account_id"),
  CONSTRAINT "triage_done_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A named set of filters, private or shared.
CREATE TABLE "saved_view" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "user_id" uuid NOT NULL,
  "name" text NOT NULL,
  "screen" text NOT NULL,
  "query" text NOT NULL,
  "shared" boolean NOT NULL DEFAULT false,
  "position" integer NOT NULL DEFAULT 0,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "saved_view_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "saved_view_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Where facts are sent, signed.
CREATE TABLE "webhook_endpoint" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "url" text NOT NULL,
  "secret" text NOT NULL,
  "events" text[] NOT NULL,
  "enabled" boolean NOT NULL DEFAULT true,
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "webhook_endpoint_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Outbox: a fact owed to an endpoint. Its id is the message id.
CREATE TABLE "notification" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "endpoint_id" uuid NOT NULL,
  "fact" text NOT NULL,
  "payload" jsonb NOT NULL,
  "state" text NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'sent', 'failed')),
  "attempts" integer NOT NULL DEFAULT 0,
  "next_at" timestamptz NOT NULL,
  "last_status" integer,
  "last_error" text,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "sent_at" timestamptz,
  CONSTRAINT "notification_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "notification_endpoint_id_fkey" FOREIGN KEY ("workspace_id", "endpoint_id") REFERENCES "webhook_endpoint"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "notification_endpoint_id_fact_key" UNIQUE ("workspace_id", "endpoint_id", "fact")
);

CREATE INDEX "notification_state_next_at_idx" ON "notification" ("workspace_id", "state", "next_at");

-- A file brought in, with its report.
CREATE TABLE "import" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "kind" text NOT NULL CHECK (kind IN ('usage', 'accounts')),
  "source" text NOT NULL,
  "file_name" text NOT NULL,
  "file_path" text NOT NULL,
  "mapping" jsonb NOT NULL,
  "dry_run" boolean NOT NULL DEFAULT false,
  "state" text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  "rows_read" bigint NOT NULL DEFAULT 0,
  "accepted" bigint NOT NULL DEFAULT 0,
  "duplicates" bigint NOT NULL DEFAULT 0,
  "conflicts" bigint NOT NULL DEFAULT 0,
  "rejected" bigint NOT NULL DEFAULT 0,
  "rejected_by" jsonb NOT NULL DEFAULT '{}',
  "bytes_read" bigint NOT NULL DEFAULT 0,
  "bytes_total" bigint,
  "newest_day" date,
  "cancel_requested" boolean NOT NULL DEFAULT false,
  "error" text,
  "created_by" uuid,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "started_at" timestamptz,
  "finished_at" timestamptz,
  CONSTRAINT "import_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "import_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A rejected row, offered as a file.
CREATE TABLE "import_reject" (
  "workspace_id" uuid NOT NULL,
  "import_id" uuid NOT NULL,
  "row_number" bigint NOT NULL,
  "reason" text NOT NULL,
  "message" text NOT NULL,
  "raw" text NOT NULL,
  CONSTRAINT "import_reject_pkey" PRIMARY KEY ("workspace_id", "import_id", "row_number"),
  CONSTRAINT "import_reject_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- How often an identical row stood in the file so far.
CREATE TABLE "import_row" (
  "workspace_id" uuid NOT NULL,
  "import_id" uuid NOT NULL,
  "hash" bytea NOT NULL,
  "seen" integer NOT NULL,
  CONSTRAINT "import_row_pkey" PRIMARY KEY ("workspace_id", "import_id", "hash"),
  CONSTRAINT "import_row_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Long work with progress: backfill, recompute, day closes.
CREATE TABLE "background_run" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "kind" text NOT NULL,
  "label" text NOT NULL,
  "state" text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
  "done" integer NOT NULL DEFAULT 0,
  "total" integer NOT NULL DEFAULT 0,
  "detail" jsonb NOT NULL DEFAULT '{}',
  "cancel_requested" boolean NOT NULL DEFAULT false,
  "error" text,
  "started_at" timestamptz NOT NULL DEFAULT now(),
  "finished_at" timestamptz,
  CONSTRAINT "background_run_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "background_run_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Who changed what; append-only.
CREATE TABLE "audit_log" (
  "workspace_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "at" timestamptz NOT NULL DEFAULT now(),
  "actor_id" uuid,
  "actor" text NOT NULL,
  "action" text NOT NULL,
  "target" text NOT NULL,
  "target_id" text,
  "before" jsonb,
  "after" jsonb,
  CONSTRAINT "audit_log_pkey" PRIMARY KEY ("workspace_id", "id"),
  CONSTRAINT "audit_log_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "audit_log_at_idx" ON "audit_log" ("workspace_id", "at");
