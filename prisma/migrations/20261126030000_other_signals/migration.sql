-- What was read of an account beside its usage, and the share of the model's weight that had data.
ALTER TABLE "score" ADD COLUMN "others" JSONB, ADD COLUMN "coverage" DOUBLE PRECISION NOT NULL DEFAULT 1;
ALTER TABLE "score_history" ADD COLUMN "others" JSONB;

-- How a CSM sees an account; the newest word counts.
CREATE TABLE "sentiment" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "sentiment" TEXT NOT NULL CHECK (sentiment IN ('good', 'mixed', 'bad')),
    "note" TEXT NOT NULL DEFAULT '',
    "set_by" UUID,
    "set_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sentiment_pkey" PRIMARY KEY ("workspace_id","id")
);
ALTER TABLE "sentiment" ADD CONSTRAINT "sentiment_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sentiment" ADD CONSTRAINT "sentiment_set_by_fkey" FOREIGN KEY ("set_by") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "sentiment_account_id_idx" ON "sentiment"("workspace_id", "account_id", "set_at");
SELECT guard_table('sentiment');

-- Invoices as another system states them: unpaid until they have a day of payment.
CREATE TABLE "invoice" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "amount" DECIMAL,
    "due_day" DATE NOT NULL,
    "paid_day" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("workspace_id","id")
);
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "invoice_external_id_key" ON "invoice"("workspace_id", "external_id");
CREATE INDEX "invoice_account_id_idx" ON "invoice"("workspace_id", "account_id", "due_day");
SELECT guard_table('invoice');
ALTER TABLE "import" DROP CONSTRAINT "import_kind_check";
ALTER TABLE "import" ADD CONSTRAINT "import_kind_check" CHECK ("kind" IN ('usage', 'accounts', 'contacts', 'tickets', 'touches', 'contracts', 'invoices'));
ALTER TABLE "source" DROP CONSTRAINT "source_kind_check";
ALTER TABLE "source" ADD CONSTRAINT "source_kind_check" CHECK ("kind" IN ('usage', 'accounts', 'contacts', 'tickets', 'touches', 'contracts', 'invoices'));

-- A signal of the workspace's own: a meter over a window, or a number among the account's fields, scored between two values.
CREATE TABLE "custom_signal" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL CHECK (name <> ''),
    "unit" TEXT NOT NULL DEFAULT '',
    "meter_id" UUID,
    "window_days" INTEGER CHECK (window_days BETWEEN 1 AND 364),
    "field" TEXT,
    "zero_at" DOUBLE PRECISION NOT NULL,
    "full_at" DOUBLE PRECISION NOT NULL CHECK (full_at <> zero_at),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "archived_at" TIMESTAMPTZ(6),

    CONSTRAINT "custom_signal_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "custom_signal_reads_check" CHECK ((meter_id IS NULL) = (field IS NOT NULL) AND (meter_id IS NULL) = (window_days IS NULL))
);
ALTER TABLE "custom_signal" ADD CONSTRAINT "custom_signal_meter_id_fkey" FOREIGN KEY ("workspace_id", "meter_id") REFERENCES "meter"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "custom_signal_name_key" ON "custom_signal"("workspace_id", "name") WHERE archived_at IS NULL;
CREATE INDEX "custom_signal_meter_id_idx" ON "custom_signal"("workspace_id", "meter_id");
SELECT guard_table('custom_signal');
