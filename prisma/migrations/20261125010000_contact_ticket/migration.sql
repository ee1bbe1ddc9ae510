-- People at an account. Each has a key: the workspace's own, or one the screen that added it made up.
CREATE TABLE "contact" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "title" TEXT,
    "role" TEXT NOT NULL,
    "left_on" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),

    CONSTRAINT "contact_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "contact_role_check" CHECK ("role" IN ('champion', 'executive_sponsor', 'user', 'other'))
);
ALTER TABLE "contact" ADD CONSTRAINT "contact_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "contact_external_id_key" ON "contact"("workspace_id", "external_id");
CREATE INDEX "contact_account_id_idx" ON "contact"("workspace_id", "account_id");
SELECT guard_table('contact');

-- A ticket is open until it has a closing time.
CREATE TABLE "ticket" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "url" TEXT,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "ticket_severity_check" CHECK ("severity" IN ('urgent', 'high', 'normal', 'low')),
    CONSTRAINT "ticket_closed_check" CHECK ("closed_at" >= "opened_at")
);
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "ticket_external_id_key" ON "ticket"("workspace_id", "external_id");
CREATE INDEX "ticket_account_id_idx" ON "ticket"("workspace_id", "account_id", "opened_at");
SELECT guard_table('ticket');

-- With whom it was, and the workspace's own key of one that was sent.
ALTER TABLE "touch" ADD COLUMN "external_id" TEXT;
ALTER TABLE "touch" ADD COLUMN "contact_id" UUID;
ALTER TABLE "touch" ADD CONSTRAINT "touch_contact_id_fkey" FOREIGN KEY ("workspace_id", "contact_id") REFERENCES "contact"("workspace_id", "id") ON DELETE SET NULL ("contact_id") ON UPDATE CASCADE;
CREATE UNIQUE INDEX "touch_external_id_key" ON "touch"("workspace_id", "external_id");
CREATE INDEX "touch_contact_id_idx" ON "touch"("workspace_id", "contact_id");
