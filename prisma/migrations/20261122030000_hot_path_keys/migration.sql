-- Checked for every row that ingest writes, a foreign key costs more than the row (docs/decisions/0003). These two hold
-- what is derived: the accounts and versions they name are named by daily_usage too, which keeps its keys.
ALTER TABLE "unique_value" DROP CONSTRAINT "unique_value_account_id_fkey", DROP CONSTRAINT "unique_value_meter_version_id_fkey";
ALTER TABLE "import_row" DROP CONSTRAINT "import_row_import_id_fkey";
