-- What scoring reads of a year of days, carried from close to close (docs/decisions/0013): a day's close touches the days at the edges
-- of the windows instead of the days in them. Rating takes out the rows of accounts whose days it changed.
CREATE TABLE "carried_day" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "priced" BOOLEAN NOT NULL,
    "many_meters" BOOLEAN NOT NULL,

    CONSTRAINT "carried_day_pkey" PRIMARY KEY ("workspace_id")
);
ALTER TABLE "carried_day" ADD CONSTRAINT "carried_day_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('carried_day');

CREATE TABLE "account_window" (
    "workspace_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "used" BIGINT NOT NULL,
    "last_day" DATE,
    "year_first" DATE,
    "worth7" DECIMAL NOT NULL,
    "worth28" DECIMAL NOT NULL,
    "worth84" DECIMAL NOT NULL,
    "worth90" DECIMAL NOT NULL,
    "worth168" DECIMAL NOT NULL,
    "worth364" DECIMAL NOT NULL,
    "meters28" BIGINT NOT NULL,
    "meters_prior84" BIGINT NOT NULL,

    CONSTRAINT "account_window_pkey" PRIMARY KEY ("workspace_id","account_id")
) WITH (fillfactor = 70);
ALTER TABLE "account_window" ADD CONSTRAINT "account_window_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('account_window');

-- One row per account and day of the week: 24 weeks that end on that day of the week.
CREATE TABLE "account_weeks" (
    "workspace_id" UUID NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "account_id" UUID NOT NULL,
    "as_of" DATE NOT NULL,
    "weeks" DOUBLE PRECISION[],

    CONSTRAINT "account_weeks_pkey" PRIMARY KEY ("workspace_id","weekday","account_id")
) WITH (fillfactor = 70);
ALTER TABLE "account_weeks" ADD CONSTRAINT "account_weeks_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT guard_table('account_weeks');

-- Usage days of an account's first 60, one bit each: what onboarding is compared by.
ALTER TABLE "account_span" ADD COLUMN "start_days" BIGINT NOT NULL DEFAULT 0;
UPDATE "account_span" s SET "start_days" = b.bits FROM (
  SELECT s.workspace_id, s.account_id, bit_or(1::bigint << (d.day - s.first_day)) AS bits
  FROM account_span s JOIN account_day d ON d.workspace_id = s.workspace_id AND d.account_id = s.account_id AND d.active AND d.day BETWEEN s.first_day AND s.first_day + 59
  GROUP BY s.workspace_id, s.account_id) b
WHERE b.workspace_id = s.workspace_id AND b.account_id = s.account_id;
