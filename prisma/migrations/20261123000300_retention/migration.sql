-- How long raw events are kept (null: for ever), and the first day of which they are still whole. Daily usage and identities stay.
ALTER TABLE "workspace" ADD COLUMN "retention_days" INTEGER;
ALTER TABLE "workspace" ADD COLUMN "raw_from" DATE;

-- Drops a month of raw events when all of them belong to the workspaces given, whose retention is over; says whether it did.
-- Runs as its owner, because the run-time roles have no DDL rights. The lock comes with the first ALTER, so that an event
-- of another workspace that arrives meanwhile is seen or waits.
CREATE FUNCTION drop_event_partition(month date, expired uuid[]) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  part text := 'event_' || to_char(date_trunc('month', month), 'YYYYMM');
  needed boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('event_partition', 0));
  IF to_regclass(part) IS NULL THEN RETURN false; END IF;
  EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', part);
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE workspace_id <> ALL ($1))', part) INTO needed USING expired;
  IF needed THEN
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
    RETURN false;
  END IF;
  EXECUTE format('DROP TABLE %I', part);
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION drop_event_partition(date, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_event_partition(date, uuid[]) TO tideline_system;
