-- The workspace of this transaction, set by the door (packages/db/src/workspace.ts). After a commit
-- a pooled connection reports '' and not null, hence nullif.
CREATE FUNCTION app_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.workspace_id', true), '')::uuid $$;

-- Writes every workspace policy. The sub-select is evaluated once per statement and usable as an index
-- condition; Citus refuses sub-selects in policies, so there the bare call is used (docs/decisions/0002).
CREATE FUNCTION guard_table(tbl regclass, col text DEFAULT 'workspace_id') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  citus boolean := EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus');
  own text := CASE WHEN citus THEN 'app_workspace()' ELSE '(SELECT app_workspace())' END;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
  EXECUTE format('CREATE POLICY workspace_isolation ON %s USING (%I = %s) WITH CHECK (%I = %s)', tbl, col, own, col, own);
END $$;
