-- Contracts have the workspace's own key where a program, a file or a source states them.
ALTER TABLE "contract" ADD COLUMN "external_id" TEXT;
CREATE UNIQUE INDEX "contract_external_id_key" ON "contract"("workspace_id", "external_id");
