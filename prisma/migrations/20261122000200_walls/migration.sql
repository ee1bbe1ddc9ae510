-- Every table that carries a workspace gets the policy; schema.db.test.ts fails when a later one forgets.
DO $$
DECLARE t regclass;
BEGIN
  FOR t IN
    SELECT c.oid::regclass FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
  LOOP
    PERFORM guard_table(t);
  END LOOP;
END $$;

SELECT guard_table('workspace', 'id');

-- A person is visible inside a workspace only as one of its members.
ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_user FORCE ROW LEVEL SECURITY;
CREATE POLICY member_visible ON app_user FOR SELECT
  USING (EXISTS (SELECT 1 FROM membership m WHERE m.user_id = app_user.id AND m.workspace_id = (SELECT app_workspace())));

-- Sign-in reads memberships before a workspace is known; the scheduler lists workspaces. Only the role
-- tideline_system may, through packages/db/src/system.ts.
CREATE POLICY system_all ON workspace TO tideline_system USING (true) WITH CHECK (true);
CREATE POLICY system_all ON app_user TO tideline_system USING (true) WITH CHECK (true);
CREATE POLICY system_all ON membership TO tideline_system USING (true) WITH CHECK (true);

-- One open alert per rule and account: this is what makes a crossing fire once.
CREATE UNIQUE INDEX alert_one_open ON alert (workspace_id, rule_id, account_id) WHERE state <> 'resolved';
-- One published health model per workspace.
CREATE UNIQUE INDEX health_model_one_published ON health_model (workspace_id) WHERE state = 'published';
-- One current version per meter.
CREATE UNIQUE INDEX meter_version_one_current ON meter_version (workspace_id, meter_id) WHERE state = 'current';

-- Makes the monthly partition of raw events, guarded when queried by name (policies of the parent do not
-- reach a partition named directly). Runs as its owner so that the app role needs no DDL rights.
CREATE FUNCTION make_event_partition(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  part text := 'event_' || to_char(first, 'YYYYMM');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('event_partition', 0));
  IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
  EXECUTE format('REVOKE ALL ON %I FROM tideline_app, tideline_system, PUBLIC', part);
  PERFORM guard_table(part::regclass);
  EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part,
    to_char(first, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(first + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
END $$;
REVOKE EXECUTE ON FUNCTION make_event_partition(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_event_partition(date) TO tideline_app;

-- History is append-only: what a live close judged is never rewritten. A repeated backfill may replace
-- its own rows, because those were assumptions in the first place.
CREATE POLICY backfill_only_update ON score_history AS RESTRICTIVE FOR UPDATE USING (backfilled);
CREATE POLICY backfill_only_delete ON score_history AS RESTRICTIVE FOR DELETE USING (backfilled);
