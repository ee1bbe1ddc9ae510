-- Which key or source sends the usage of an account, and when it last did: so that one that dies is told from its accounts.
CREATE TABLE "account_feed" (
    "workspace_id" UUID NOT NULL,
    "sender_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "last_on" DATE NOT NULL,

    CONSTRAINT "account_feed_pkey" PRIMARY KEY ("workspace_id","sender_id","account_id"),
    CONSTRAINT "account_feed_kind_check" CHECK ("kind" IN ('key', 'source'))
);
ALTER TABLE "account_feed" ADD CONSTRAINT "account_feed_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "account_feed_account_id_idx" ON "account_feed"("workspace_id", "account_id");
SELECT guard_table('account_feed');
