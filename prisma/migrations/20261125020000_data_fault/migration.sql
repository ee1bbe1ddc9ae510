-- Usage that stopped together: a fault of the data until it comes back or a person says it is real. One stands of each scope at a time.
CREATE TABLE "data_fault" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "scope" TEXT NOT NULL,
    "ref_id" UUID,
    "name" TEXT,
    "since" DATE NOT NULL,
    "through" DATE,
    "detected_at" TIMESTAMPTZ(6) NOT NULL,
    "active" INTEGER NOT NULL,
    "usual" DOUBLE PRECISION NOT NULL,
    "accounts" INTEGER NOT NULL,
    "told_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "ended_as" TEXT,
    "ended_by" TEXT,

    CONSTRAINT "data_fault_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "data_fault_scope_check" CHECK ("scope" IN ('workspace', 'meter', 'key', 'source')),
    CONSTRAINT "data_fault_ref_check" CHECK (("scope" = 'workspace') = ("ref_id" IS NULL)),
    CONSTRAINT "data_fault_ended_as_check" CHECK ("ended_as" IN ('returned', 'resumed', 'dismissed')),
    CONSTRAINT "data_fault_ended_check" CHECK (("ended_at" IS NULL) = ("ended_as" IS NULL))
);
ALTER TABLE "data_fault" ADD CONSTRAINT "data_fault_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "data_fault_standing_key" ON "data_fault"("workspace_id", "scope", coalesce("ref_id", '00000000-0000-0000-0000-000000000000')) WHERE "ended_at" IS NULL;
CREATE INDEX "data_fault_since_idx" ON "data_fault"("workspace_id", "since");
SELECT guard_table('data_fault');

-- Accounts that keep the judgement they had, while a fault that is not the whole workspace's stands.
CREATE TABLE "held_account" (
    "workspace_id" UUID NOT NULL,
    "fault_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,

    CONSTRAINT "held_account_pkey" PRIMARY KEY ("workspace_id","fault_id","account_id")
);
ALTER TABLE "held_account" ADD CONSTRAINT "held_account_fault_id_fkey" FOREIGN KEY ("workspace_id", "fault_id") REFERENCES "data_fault"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "held_account" ADD CONSTRAINT "held_account_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "held_account_account_id_idx" ON "held_account"("workspace_id", "account_id");
SELECT guard_table('held_account');
