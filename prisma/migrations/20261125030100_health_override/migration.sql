-- What a person says of an account's health against the model, why, and until when. Held against what happened once 90 days have passed.
CREATE TABLE "health_override" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "band" TEXT NOT NULL CHECK (band IN ('at_risk', 'watch', 'healthy')),
    "reason" TEXT NOT NULL CHECK (reason <> ''),
    "from_day" DATE NOT NULL,
    "until_day" DATE NOT NULL CHECK (until_day > from_day),
    "model_health" DOUBLE PRECISION,
    "model_band" TEXT,
    "set_by" UUID,
    "set_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_on" DATE,

    CONSTRAINT "health_override_pkey" PRIMARY KEY ("workspace_id","id")
);
ALTER TABLE "health_override" ADD CONSTRAINT "health_override_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "health_override" ADD CONSTRAINT "health_override_set_by_fkey" FOREIGN KEY ("set_by") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE UNIQUE INDEX "health_override_standing_key" ON "health_override"("workspace_id", "account_id") WHERE ended_on IS NULL;
CREATE INDEX "health_override_account_id_idx" ON "health_override"("workspace_id", "account_id");
SELECT guard_table('health_override');
