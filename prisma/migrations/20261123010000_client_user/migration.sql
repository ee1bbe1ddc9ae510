-- Into which account a user of the workspace's own product was put, and when: clients that send events by user (Segment,
-- PostHog) say it apart from the events. Every placement stays, so that a late or repeated event finds the account of its own time.
CREATE TABLE "client_user" (
    "workspace_id" UUID NOT NULL,
    "user_key" TEXT COLLATE "C" NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "account_id" UUID NOT NULL,
    "via" TEXT NOT NULL,

    CONSTRAINT "client_user_pkey" PRIMARY KEY ("workspace_id","user_key","placed_at")
);
ALTER TABLE "client_user" ADD CONSTRAINT "client_user_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "client_user_account_id_idx" ON "client_user"("workspace_id", "account_id");
SELECT guard_table('client_user');

-- Two accounts that a client called one: nothing is merged before a person says so.
CREATE TABLE "merge_proposal" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "from_id" UUID NOT NULL,
    "into_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(6) NOT NULL,
    "via" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'dismissed')),

    CONSTRAINT "merge_proposal_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "merge_proposal_two" CHECK (from_id <> into_id)
);
ALTER TABLE "merge_proposal" ADD CONSTRAINT "merge_proposal_from_id_fkey" FOREIGN KEY ("workspace_id", "from_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "merge_proposal" ADD CONSTRAINT "merge_proposal_into_id_fkey" FOREIGN KEY ("workspace_id", "into_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "merge_proposal_pair_key" ON "merge_proposal"("workspace_id", "from_id", "into_id");
CREATE INDEX "merge_proposal_into_id_idx" ON "merge_proposal"("workspace_id", "into_id");
SELECT guard_table('merge_proposal');
